package dev.codingplans.sample.metered;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.usage.Consumption;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from an answer what it consumed (M2). Not thread-safe: the pieces of an answer come one
 * after the other.
 */
final class UsageMeter {

  private static final Logger LOG = LoggerFactory.getLogger(UsageMeter.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of ordinary text, about so many bytes make a token. */
  private static final long BYTES_PER_TOKEN = 4;

  private final MeteredRequest request;
  private Tokens said = Tokens.UNKNOWN;
  private long textBytes;

  UsageMeter(MeteredRequest request) {
    this.request = request;
  }

  /** Reads the data of one event; tells whether it says nothing but its usage. */
  boolean read(byte[] data) {
    return parse(data).map(this::read).orElse(false);
  }

  private boolean read(JsonNode json) {
    var tokens = Tokens.in(json);
    add(tokens, Written.bytes(json));
    var choices = json.path("choices");
    return tokens.areKnown() && choices.isArray() && choices.isEmpty();
  }

  /** Takes what was said, and the length of what the model wrote, or of what may be that. */
  void add(Tokens tokens, long length) {
    said = said.then(tokens);
    textBytes += length;
  }

  /** Tells whether the provider has given anything that is worth its price. */
  boolean hasOutput() {
    return textBytes > 0 || said.output().orElse(0) > 0;
  }

  /** Returns what is to be charged; what was not said is estimated, and never beyond the bounds. */
  Consumption consumption() {
    var streamed = (textBytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    var input = said.input().orElse(request.inputBytes());
    var output = said.output().orElse(Math.min(streamed, request.mostOutputTokens()));
    var isAbsurd = input > request.inputBytes() || output > request.mostOutputTokens();
    if (isAbsurd) {
      LOG.warn("A provider says {} tokens in and {} out, more than there can be.", input, output);
    }
    var boundedInput = Math.min(input, request.inputBytes());
    var boundedOutput = Math.min(output, request.mostOutputTokens());
    return new Consumption(
        boundedInput + boundedOutput,
        request.price().cost(boundedInput, boundedOutput),
        isAbsurd || !said.areKnown());
  }

  private static Optional<JsonNode> parse(byte[] data) {
    try {
      return Optional.ofNullable(JSON.readTree(data));
    } catch (IOException e) {
      // The end of a stream is said in a word that is no JSON; and nothing else is told by others.
      return Optional.empty();
    }
  }
}
