package dev.codingplans.sample.benchmark;

import static org.awaitility.Awaitility.await;

import dev.codingplans.sample.Client;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Calls a gateway with a token, and takes no for no answer. */
record Shop(Client client, String token) {

  /** Puts a credential into stock, and waits until its provider has proven it. */
  void stock(String plan) {
    var taken =
        post(
            "/admin/api/inventory/uploads",
            """
            {"providerId": "minimax", "planId": "%s", "entries": ["sk-benchmark-1::benchmark-1"]}\
            """
                .formatted(plan));
    var progress = taken.headers().firstValue("location").orElseThrow();
    await().until(() -> get(progress).contains("\"stored\":1"));
  }

  private String get(String path) {
    return client.get(path, "authorization", "Bearer " + token).body();
  }

  /** Buys a plan; doing it again changes nothing. */
  void buy(String plan) {
    post("/api/subscriptions", "{\"planId\": \"" + plan + "\"}");
  }

  /** Returns the text of a fresh API key. */
  String makeApiKey() {
    var made = post("/api/keys", "{\"name\":\"benchmark\"}").body();
    return made.replaceAll("(?s).*\"secret\":\"([^\"]+)\".*", "$1");
  }

  void chatOnPlan() {
    var answer = post(Chat.PATH, Chat.question());
    if (!answer.headers().firstValue("x-gateway-payer").equals(Optional.of("plan"))) {
      throw new IllegalStateException("not paid by the plan: " + answer.headers().map());
    }
  }

  HttpResponse<String> post(String path, String json) {
    var answer =
        client.send(
            "POST",
            path,
            json,
            "authorization",
            "Bearer " + token,
            "content-type",
            "application/json",
            "idempotency-key",
            "benchmark");
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + " was answered " + answer + ": " + answer.body());
    }
    return answer;
  }
}
