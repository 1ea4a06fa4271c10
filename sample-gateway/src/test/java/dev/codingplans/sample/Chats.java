package dev.codingplans.sample;

import java.net.http.HttpResponse;

/** Requests for inference with a token or an API key. */
final class Chats {

  private Chats() {}

  static HttpResponse<String> send(Client client, String bearer) {
    return client.send(
        "POST",
        "/v1/chat/completions",
        "{\"model\":\"" + Calls.MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
        "authorization",
        "Bearer " + bearer,
        "content-type",
        "application/json");
  }
}
