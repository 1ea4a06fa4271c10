package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.identity.Caller.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the operator and the customers of a gateway call. */
record Calls(Client client, String secret) {

  static final String PLAN = "minimax-token-plan-plus";
  static final String TITLE = "Token Plan Plus";
  static final long PRICE = 20_000_000;
  static final String MODEL = "minimax/MiniMax-M2";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  Calls(Client client) {
    this(client, Given.JWT_SECRET);
  }

  /** Sends JSON with an idempotency key. */
  HttpResponse<String> post(String token, String path, String key, String body) {
    return client.send(
        "POST",
        path,
        body,
        "authorization",
        "Bearer " + token,
        "content-type",
        "application/json",
        "idempotency-key",
        key);
  }

  /** Puts keys into stock; what is taken is waited for. */
  HttpResponse<String> stock(String plan, List<String> keys) {
    var entries =
        keys.stream().map(key -> "\"" + key + "::upstream\"").collect(Collectors.joining(","));
    var taken =
        post(
            admin(),
            "/admin/api/inventory/uploads",
            "upload",
            "{\"providerId\":\"minimax\",\"planId\":\""
                + plan
                + "\",\"entries\":["
                + entries
                + "]}");
    if (taken.statusCode() == 202) {
      assertThat(endOfUpload(taken).get("stored").asInt()).isEqualTo(keys.size());
    }
    return taken;
  }

  /** Waits until an upload that was taken is done, and returns how it went. */
  JsonNode endOfUpload(HttpResponse<String> taken) {
    var path = "/admin/api/inventory/uploads/" + json(taken).get("id").asText();
    return await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(
            () -> json(get(admin(), path)),
            progress -> progress.path("state").asText().equals("done"));
  }

  /** Gives a user the price of the plan; repeated, it gives nothing. */
  HttpResponse<String> fund(String user) {
    return post(
        admin(),
        "/admin/api/users/" + user + "/credits",
        "fund",
        "{\"amountMicrodollars\":" + PRICE + ",\"kind\":\"paid_credit\",\"reason\":\"a test\"}");
  }

  /** Buys the plan; repeated, it buys nothing. */
  HttpResponse<String> buy(String user) {
    return post(user(user), "/api/subscriptions", "buy", "{\"planId\":\"" + PLAN + "\"}");
  }

  /** Lets credit be collected for the user when a renewal lacks it. */
  HttpResponse<String> switchAutoTopUpOn(String user) {
    return client.send(
        "PUT",
        "/api/credits/auto-top-up",
        "{\"enabled\":true}",
        "authorization",
        "Bearer " + user(user),
        "content-type",
        "application/json");
  }

  /** Moves the test clock. */
  void advance(String duration) {
    var moved = post(admin(), "/admin/api/test-clock", "-", "{\"advance\":\"" + duration + "\"}");
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
  }

  /** Sweeps to the end and returns the report. */
  JsonNode sweep() {
    var swept = post(admin(), "/admin/api/billing/sweep", "-", "");
    assertThat(swept.statusCode()).as(swept.body()).isEqualTo(200);
    return json(swept);
  }

  HttpResponse<String> get(String token, String path) {
    return client.get(path, "authorization", "Bearer " + token);
  }

  /** Asserts that the books are right (L3). */
  void assertReconciled() {
    var report = get(admin(), "/admin/api/reconciliation");
    assertThat(report.statusCode()).as(report.body()).isEqualTo(200);
    assertThat(json(report).get("ok").asBoolean()).as(report.body()).isTrue();
    assertThat(json(report).get("parkedAccounts")).as(report.body()).isEmpty();
  }

  String user(String name) {
    return token(name, Role.USER);
  }

  String admin() {
    return token("root", Role.ADMIN);
  }

  private String token(String name, Role role) {
    return Given.token(secret, name, role, Map.of(), Duration.ofHours(1));
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
