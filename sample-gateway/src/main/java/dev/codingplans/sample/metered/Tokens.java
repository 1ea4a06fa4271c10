package dev.codingplans.sample.metered;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a provider says was consumed. Zero is not the same as nothing said.
 *
 * @param input what went in, of all kinds
 * @param output what came out
 */
record Tokens(OptionalLong input, OptionalLong output) {

  /** What providers call them. */
  static final Set<String> NAMES =
      Set.of(
          "prompt_tokens",
          "completion_tokens",
          "input_tokens",
          "cache_creation_input_tokens",
          "cache_read_input_tokens",
          "output_tokens");

  static final Tokens UNKNOWN = new Tokens(OptionalLong.empty(), OptionalLong.empty());

  /** Reads an answer, or an event of one, in OpenAI's or Anthropic's format. */
  static Tokens in(JsonNode json) {
    var usage = json.path("usage");
    return usage.isObject()
        ? of(usage)
        // A message that begins cannot know yet what will come out.
        : new Tokens(anthropicInput(json.path("message").path("usage")), OptionalLong.empty());
  }

  private static Tokens of(JsonNode usage) {
    return usage.has("prompt_tokens") || usage.has("completion_tokens")
        ? new Tokens(count(usage, "prompt_tokens"), count(usage, "completion_tokens"))
        : new Tokens(anthropicInput(usage), count(usage, "output_tokens"));
  }

  /** What is said later counts; a stream may tell one thing at its start, and all at its end. */
  Tokens then(Tokens later) {
    return new Tokens(
        later.input.isPresent() ? later.input : input,
        later.output.isPresent() ? later.output : output);
  }

  boolean areKnown() {
    return input.isPresent() && output.isPresent();
  }

  /** What comes from a cache, or goes into one, is input too. */
  private static OptionalLong anthropicInput(JsonNode usage) {
    var input = count(usage, "input_tokens");
    return input.isEmpty()
        ? input
        : OptionalLong.of(
            sum(
                sum(input.getAsLong(), count(usage, "cache_creation_input_tokens").orElse(0)),
                count(usage, "cache_read_input_tokens").orElse(0)));
  }

  private static long sum(long some, long more) {
    return more > Long.MAX_VALUE - some ? Long.MAX_VALUE : some + more;
  }

  /** A number that no number of tokens can be says nothing; one beyond all bounds says too much. */
  private static OptionalLong count(JsonNode usage, String name) {
    var value = usage.path(name);
    if (!value.isIntegralNumber() || value.bigIntegerValue().signum() < 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(value.canConvertToLong() ? value.longValue() : Long.MAX_VALUE);
  }
}
