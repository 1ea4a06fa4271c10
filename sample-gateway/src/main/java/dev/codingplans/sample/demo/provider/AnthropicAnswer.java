package dev.codingplans.sample.demo.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Writes what the model says in Anthropic's format, as MiniMax does. */
final class AnthropicAnswer {

  private final Generation generation;

  AnthropicAnswer(Generation generation) {
    this.generation = generation;
  }

  String whole() {
    var message = message(generation.outputTokens());
    message.withArray("content").addObject().put("type", "text").put("text", generation.text());
    return message.put("stop_reason", stopReason()).toString();
  }

  List<String> events() {
    var events = new ArrayList<String>();
    var start = typed("message_start");
    start.set("message", message(0));
    events.add(event(start));

    var block = typed("content_block_start").put("index", 0);
    block.putObject("content_block").put("type", "text").put("text", "");
    events.add(event(block));
    for (var word : generation.words()) {
      var piece = typed("content_block_delta").put("index", 0);
      piece.putObject("delta").put("type", "text_delta").put("text", word);
      events.add(event(piece));
    }
    events.add(event(typed("content_block_stop").put("index", 0)));

    var end = typed("message_delta");
    end.putObject("delta").put("stop_reason", stopReason()).putNull("stop_sequence");
    end.putObject("usage").put("output_tokens", generation.outputTokens());
    events.add(event(end));
    events.add(event(typed("message_stop")));
    return events;
  }

  private ObjectNode message(int outputTokens) {
    var message = typed("message");
    message.put("id", generation.id()).put("role", "assistant").put("model", generation.model());
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message
        .putObject("usage")
        .put("input_tokens", generation.inputTokens())
        .put("output_tokens", outputTokens);
    return message;
  }

  private String stopReason() {
    return generation.isComplete() ? "end_turn" : "max_tokens";
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static String event(ObjectNode data) {
    return "event: " + data.get("type").textValue() + "\ndata: " + data + "\n\n";
  }
}
