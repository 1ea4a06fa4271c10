package dev.codingplans.sample.proxy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A request body of which only the model and the user's names are understood. All other bytes go
 * upstream as they came.
 */
final class RequestBody {

  private final byte[] json;
  private final String model;
  private final Span modelAt;
  private final List<Span> userAt;

  /**
   * Marks the places in a body.
   *
   * @param json the body; not copied
   */
  RequestBody(byte[] json, String model, Span modelAt, List<Span> userAt) {
    this.json = json;
    this.model = model;
    this.modelAt = modelAt;
    this.userAt = List.copyOf(userAt);
  }

  /** Returns the model as the client named it. */
  String model() {
    return model;
  }

  /** Returns the body with another model, and with the pseudonym wherever the user was named. */
  byte[] rewritten(String newModel, String pseudonym) {
    var splices = new ArrayList<Splice>();
    splices.add(new Splice(modelAt, quoted(newModel)));
    userAt.forEach(at -> splices.add(new Splice(at, quoted(pseudonym))));
    splices.sort(Comparator.comparingInt(splice -> splice.at().start()));

    var out = new ByteArrayOutputStream(json.length + pseudonym.length() * userAt.size());
    var copied = 0;
    for (var splice : splices) {
      out.write(json, copied, splice.at().start() - copied);
      out.writeBytes(splice.json().getBytes(StandardCharsets.UTF_8));
      copied = splice.at().end();
    }
    out.write(json, copied, json.length - copied);
    return out.toByteArray();
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Where a value stands: from its first byte up to and excluding {@code end}. */
  record Span(int start, int end) {}

  private record Splice(Span at, String json) {}
}
