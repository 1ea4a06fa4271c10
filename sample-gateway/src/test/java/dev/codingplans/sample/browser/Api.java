package dev.codingplans.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.sample.Client;
import java.util.Map;
import java.util.UUID;

/** The gateway's HTTP API as one person calls it; what is refused fails the test. */
record Api(Client client, String token) {

  private static final ObjectMapper JSON = new ObjectMapper();

  JsonNode get(String path) {
    return send("GET", path, "");
  }

  JsonNode post(String path, Map<String, ?> body) {
    return send("POST", path, text(body));
  }

  JsonNode post(String path) {
    return send("POST", path, "");
  }

  JsonNode put(String path, Map<String, ?> body) {
    return send("PUT", path, text(body));
  }

  void delete(String path) {
    send("DELETE", path, "");
  }

  private JsonNode send(String method, String path, String body) {
    var answer =
        client.send(
            method,
            path,
            body,
            "authorization",
            "Bearer " + token,
            "content-type",
            "application/json",
            "idempotency-key",
            UUID.randomUUID().toString());
    assertThat(answer.statusCode())
        .as("%s %s %s: %s", method, path, body, answer.body())
        .isBetween(200, 299);
    return json(answer.body());
  }

  private static String text(Map<String, ?> body) {
    return JSON.valueToTree(body).toString();
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }
}
