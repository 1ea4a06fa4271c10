package dev.codingplans.sample.demo.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes what the model says in OpenAI's format, as MiniMax does. */
final class OpenAiAnswer {

  private final Generation generation;

  OpenAiAnswer(Generation generation) {
    this.generation = generation;
  }

  String whole() {
    var answer = frame("chat.completion");
    var choice = answer.putArray("choices").addObject().put("index", 0);
    choice.put("finish_reason", finishReason());
    choice.putObject("message").put("role", "assistant").put("content", generation.text());
    addUsage(answer);
    answer.putObject("base_resp").put("status_code", 0).put("status_msg", "");
    return answer.toString();
  }

  List<String> events(boolean withUsage) {
    var events = new ArrayList<String>();
    events.add(event(chunk(delta -> delta.put("role", "assistant").put("content", ""))));
    for (var word : generation.words()) {
      events.add(event(chunk(delta -> delta.put("content", word))));
    }
    var last = chunk(delta -> {});
    ((ObjectNode) last.at("/choices/0")).put("finish_reason", finishReason());
    events.add(event(last));
    if (withUsage) {
      var usage = frame("chat.completion.chunk");
      usage.putArray("choices");
      addUsage(usage);
      events.add(event(usage));
    }
    events.add("data: [DONE]\n\n");
    return events;
  }

  private ObjectNode chunk(Consumer<ObjectNode> content) {
    var chunk = frame("chat.completion.chunk");
    var choice = chunk.putArray("choices").addObject().put("index", 0);
    content.accept(choice.putObject("delta"));
    choice.putNull("finish_reason");
    return chunk;
  }

  private ObjectNode frame(String object) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", generation.id())
        .put("object", object)
        .put("created", SimulatedMiniMax.epochSeconds())
        .put("model", generation.model());
  }

  private void addUsage(ObjectNode answer) {
    answer
        .putObject("usage")
        .put("prompt_tokens", generation.inputTokens())
        .put("completion_tokens", generation.outputTokens())
        .put("total_tokens", generation.inputTokens() + generation.outputTokens());
  }

  private String finishReason() {
    return generation.isComplete() ? "stop" : "length";
  }

  private static String event(ObjectNode data) {
    return "data: " + data + "\n\n";
  }
}
