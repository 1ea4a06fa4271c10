package dev.codingplans.sample.benchmark;

import dev.codingplans.sample.Client;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Calls a gateway with a token, and takes no for no answer. */
record Shop(Client client, String token) {

  /** Buys a plan; doing it again changes nothing. */
  void buy(String plan) {
    post("/api/subscriptions", "{\"planId\": \"" + plan + "\"}");
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
