package dev.codingplans.plugin.event.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codingplans.gateway.spi.lifecycle.LifecycleEvent;

/** What a webhook is sent: the event as JSON. */
record WebhookBody(ObjectMapper json) {

  String of(LifecycleEvent event) {
    try {
      var data = (ObjectNode) json.readTree(event.payload());
      event.user().ifPresent(user -> data.put("userId", user.value()));
      var body = json.createObjectNode();
      body.put("id", event.id());
      body.put("type", event.type());
      body.put("timestamp", event.occurredAt().toString());
      body.set("data", data);
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event's payload is always JSON: " + event.id(), e);
    }
  }
}
