package dev.codingplans.sample.metered;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.codingplans.sample.metered.MeteredRequest.Insertion;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * One pass over the body of a request that is to be paid from credits. What decides its cost must
 * be plain to see: once, and as the number that it is.
 */
final class MeteredScan {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final long MOST_ANSWERS = 128;

  /** Of answers that are neither text nor bounded by the number of tokens. */
  private static final Set<String> UNBOUNDED =
      Set.of(
          "audio",
          "best_of",
          "container",
          "mcp_servers",
          "plugins",
          "previous_response_id",
          "web_search_options");

  private final JsonParser parser;
  private final Set<String> seen = new HashSet<>();
  private OptionalLong maxTokens = OptionalLong.empty();
  private OptionalLong maxCompletionTokens = OptionalLong.empty();
  private long answers = 1;
  private boolean streams;
  private Optional<Insertion> usageWish =
      Optional.of(new Insertion(1, 1, "\"stream_options\":{\"include_usage\":true},"));

  private MeteredScan(JsonParser parser) {
    this.parser = parser;
  }

  static MeteredScan of(byte[] json) {
    try (var parser = JSON.createParser(json)) {
      var scan = new MeteredScan(parser);
      scan.read();
      return scan;
    } catch (IOException e) {
      throw new UnsellableException("The body is not well-formed JSON.");
    }
  }

  /**
   * Returns the tokens of one answer at most; the model has a limit of its own.
   *
   * @param isOpenAi whether the newer name of the limit is one; to others it says nothing
   */
  long mostOutput(long limit, boolean isOpenAi) {
    var newer = isOpenAi ? maxCompletionTokens.stream() : LongStream.empty();
    return Math.min(LongStream.concat(maxTokens.stream(), newer).max().orElse(limit), limit);
  }

  long answers() {
    return answers;
  }

  boolean streams() {
    return streams;
  }

  /** Returns what makes a stream tell its usage; nothing if the client asked for that itself. */
  Optional<Insertion> usageWish() {
    return usageWish;
  }

  private void read() throws IOException {
    parser.nextToken();
    var inner = end();
    usageWish = usageWish.map(wish -> new Insertion(inner, inner, wish.json()));
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      readField(parser.currentName());
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("not all of the body was read");
    }
  }

  private void readField(String name) throws IOException {
    parser.nextToken();
    switch (name) {
      case "max_tokens" -> maxTokens = number(name, Integer.MAX_VALUE);
      case "max_completion_tokens" -> maxCompletionTokens = number(name, Integer.MAX_VALUE);
      case "n" -> answers = number(name, MOST_ANSWERS).orElse(1);
      case "stream" -> streams = truth(name);
      case "stream_options" -> readStreamOptions();
      case "messages", "system", "tools" -> {
        requireFirst(name);
        TextOnly.read(parser);
      }
      case "modalities" -> readModalities();
      default -> readOther(name);
    }
  }

  private void readOther(String name) throws IOException {
    if (UNBOUNDED.contains(name) && parser.currentToken() != JsonToken.VALUE_NULL) {
      throw new UnsellableException("'" + name + "' cannot be paid from credits.");
    }
    parser.skipChildren();
  }

  private OptionalLong number(String name, long most) throws IOException {
    requireFirst(name);
    return switch (parser.currentToken()) {
      case VALUE_NULL -> OptionalLong.empty();
      case VALUE_NUMBER_INT -> OptionalLong.of(within(name, most));
      default -> throw notANumber(name, most);
    };
  }

  private long within(String name, long most) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || parser.getLongValue() < 1
        || parser.getLongValue() > most) {
      throw notANumber(name, most);
    }
    return parser.getLongValue();
  }

  private static UnsellableException notANumber(String name, long most) {
    return new UnsellableException("'" + name + "' must be a whole number from 1 to " + most + ".");
  }

  private boolean truth(String name) throws IOException {
    requireFirst(name);
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw new UnsellableException("'" + name + "' must be true or false.");
    };
  }

  private void readStreamOptions() throws IOException {
    requireFirst("stream_options");
    switch (parser.currentToken()) {
      case VALUE_NULL ->
          usageWish = Optional.of(new Insertion(start(), end(), "{\"include_usage\":true}"));
      case START_OBJECT -> readIncludeUsage();
      default -> throw new UnsellableException("'stream_options' must be an object.");
    }
  }

  private void readIncludeUsage() throws IOException {
    var inner = end();
    var isEmpty = true;
    usageWish = Optional.of(new Insertion(inner, inner, "\"include_usage\":true,"));
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      isEmpty = false;
      var isUsage = parser.currentName().equals("include_usage");
      parser.nextToken();
      if (isUsage) {
        var start = start();
        usageWish =
            truth("include_usage")
                ? Optional.empty()
                : Optional.of(new Insertion(start, end(), "true"));
      } else {
        parser.skipChildren();
      }
    }
    if (isEmpty) {
      usageWish = Optional.of(new Insertion(inner, inner, "\"include_usage\":true"));
    }
  }

  private void readModalities() throws IOException {
    requireFirst("modalities");
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!"text".equals(parser.getText())) {
        throw new UnsellableException("Only text can be paid from credits.");
      }
    }
  }

  private void requireFirst(String name) {
    if (!seen.add(name)) {
      throw new UnsellableException("'" + name + "' must not be given twice.");
    }
  }

  private int start() {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  private int end() throws IOException {
    parser.finishToken();
    return Math.toIntExact(parser.currentLocation().getByteOffset());
  }
}
