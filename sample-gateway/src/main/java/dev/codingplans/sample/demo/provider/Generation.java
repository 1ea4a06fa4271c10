package dev.codingplans.sample.demo.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the simulated model says. A word counts as a token.
 *
 * @param id the answer's id
 * @param model the model, as the request names it
 * @param words the answer, each word with the space before it
 * @param isComplete whether the request's limit let it finish
 * @param inputTokens how large the request was
 */
record Generation(
    String id, String model, List<String> words, boolean isComplete, int inputTokens) {

  private static final int BYTES_PER_TOKEN = 4;

  static Generation of(JsonNode request, SimulatedPlan plan, String id) {
    var model = request.path("model").asText("unknown");
    var text = "Hello from " + model + ", simulated, on your " + plan.title() + ".";
    var words = List.of(text.split("(?= )"));
    var limit = request.path("max_completion_tokens").asInt(request.path("max_tokens").asInt());
    var isComplete = limit < 1 || words.size() <= limit;
    return new Generation(
        id,
        model,
        isComplete ? words : words.subList(0, limit),
        isComplete,
        1 + request.path("messages").toString().length() / BYTES_PER_TOKEN);
  }

  String text() {
    return String.join("", words);
  }

  int outputTokens() {
    return words.size();
  }
}
