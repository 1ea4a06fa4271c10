package dev.codingplans.sample.metered;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An answer that is one JSON, read as it comes: nothing of it is kept but the string that has not
 * ended, and what is said of the usage.
 */
final class JsonReading implements Reading {

  /** Longer than the longest text that a model writes. */
  private static final int MOST_CHARACTERS = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(MOST_CHARACTERS).build())
          .build();

  private static final byte[] NOTHING = {};

  private final UsageMeter meter;
  private final JsonParser parser;
  private final ByteArrayFeeder feeder;
  private final ObjectNode said = JsonNodeFactory.instance.objectNode();
  private String topField = "";
  private int depth;
  private long bytes;
  private long textBytes;
  private boolean readable = true;

  JsonReading(UsageMeter meter) {
    this.meter = meter;
    try {
      parser = JSON.createNonBlockingByteArrayParser();
    } catch (IOException e) {
      // It is declared for other kinds of parsers.
      throw new UncheckedIOException(e);
    }
    feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
  }

  @Override
  public byte[] pass(byte[] piece) {
    bytes += piece.length;
    readable = readable && reads(piece);
    return piece;
  }

  @Override
  public byte[] end() {
    feeder.endOfInput();
    readable = readable && readsOn();
    meter.add(Tokens.in(said), readable ? textBytes : bytes);
    return NOTHING;
  }

  /** How much of the text has come is not known. */
  @Override
  public void breakOff() {
    meter.add(Tokens.in(said), bytes);
  }

  private boolean reads(byte[] piece) {
    if (piece.length == 0) {
      return true;
    }
    try {
      feeder.feedInput(piece, 0, piece.length);
    } catch (IOException e) {
      return false;
    }
    return readsOn();
  }

  /** It is the provider's text: what cannot be read is estimated, and nothing else is told. */
  private boolean readsOn() {
    try {
      for (var token = parser.nextToken();
          token != null && token != JsonToken.NOT_AVAILABLE;
          token = parser.nextToken()) {
        read(token);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void read(JsonToken token) throws IOException {
    if (token.isStructStart()) {
      depth++;
    } else if (token.isStructEnd()) {
      depth--;
    } else if (token == JsonToken.FIELD_NAME) {
      topField = depth == 1 ? parser.currentName() : topField;
    } else {
      readValue(token);
    }
  }

  private void readValue(JsonToken token) throws IOException {
    var name = parser.currentName();
    if (token == JsonToken.VALUE_STRING && name != null && Written.isText(topField, name)) {
      textBytes += Written.bytes(parser.getText());
    } else if (depth == 2 && name != null && topField.equals("usage")) {
      readUsage(name, token);
    }
  }

  private void readUsage(String name, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT && Tokens.NAMES.contains(name)) {
      said.withObject("usage").put(name, parser.getBigIntegerValue());
    }
  }
}
