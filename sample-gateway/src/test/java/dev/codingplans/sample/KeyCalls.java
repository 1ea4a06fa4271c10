package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/** What one user does with API keys. */
record KeyCalls(Client client, String token) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Makes a key and returns the answer. */
  JsonNode made() {
    var answer = make("{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  HttpResponse<String> make(String body) {
    return client.send(
        "POST",
        "/api/keys",
        body,
        "authorization",
        "Bearer " + token,
        "content-type",
        "application/json");
  }

  HttpResponse<String> list(String query) {
    return client.get("/api/keys" + query, "authorization", "Bearer " + token);
  }

  HttpResponse<String> revoke(String id) {
    return client.send("DELETE", "/api/keys/" + id, "", "authorization", "Bearer " + token);
  }

  /** Chats with a key instead of the token. */
  HttpResponse<String> chat(String secret) {
    return client.send(
        "POST",
        "/v1/chat/completions",
        "{\"model\":\"minimax/MiniMax-M2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
        "x-api-key",
        secret,
        "content-type",
        "application/json");
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
