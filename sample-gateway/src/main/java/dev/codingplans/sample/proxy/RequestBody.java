package dev.codingplans.sample.proxy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.codingplans.sample.metered.MeteredRequest.Insertion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request body of which only the model and the user's names are understood. All other bytes go
 * upstream as they came.
 */
final class RequestBody {

  private final byte[] json;
  private final String model;
  private final Span modelAt;
  private final List<Span> userAt;
  private final Optional<Insertion> insertion;

  /**
   * Marks the places in a body.
   *
   * @param json the body; not copied
   */
  RequestBody(byte[] json, String model, Span modelAt, List<Span> userAt) {
    this(json, model, modelAt, userAt, Optional.empty());
  }

  private RequestBody(
      byte[] json, String model, Span modelAt, List<Span> userAt, Optional<Insertion> insertion) {
    this.json = json;
    this.model = model;
    this.modelAt = modelAt;
    this.userAt = List.copyOf(userAt);
    this.insertion = insertion;
  }

  /** Returns the same body, into which something is put on its way. */
  RequestBody with(Optional<Insertion> change) {
    return change.isEmpty() ? this : new RequestBody(json, model, modelAt, userAt, change);
  }

  /** Returns the body as it came; not a copy. */
  byte[] json() {
    return json;
  }

  /** Returns the model as the client named it. */
  String model() {
    return model;
  }

  /** Returns the body with another model, and with the pseudonym wherever the user was named. */
  byte[] rewritten(String newModel, Supplier<String> pseudonym) {
    var splices = new ArrayList<Splice>();
    splices.add(new Splice(modelAt, quoted(newModel)));
    if (!userAt.isEmpty()) {
      var name = quoted(pseudonym.get());
      userAt.forEach(at -> splices.add(new Splice(at, name)));
    }
    insertion.ifPresent(change -> splices.add(splice(change)));
    if (splices.size() > 1) {
      splices.sort(Comparator.comparingInt(splice -> splice.at().start()));
    }
    return spliced(splices);
  }

  private byte[] spliced(List<Splice> splices) {
    var length = json.length;
    for (var splice : splices) {
      length += splice.json().length - (splice.at().end() - splice.at().start());
    }
    var out = ByteBuffer.allocate(length);
    var copied = 0;
    for (var splice : splices) {
      out.put(json, copied, splice.at().start() - copied).put(splice.json());
      copied = splice.at().end();
    }
    return out.put(json, copied, json.length - copied).array();
  }

  private static Splice splice(Insertion change) {
    return new Splice(
        new Span(change.start(), change.end()), change.json().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] quoted(String text) {
    var quoted = '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    return quoted.getBytes(StandardCharsets.UTF_8);
  }

  /** Where a value stands: from its first byte up to and excluding {@code end}. */
  record Span(int start, int end) {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Splice(Span at, byte[] json) {}
}
