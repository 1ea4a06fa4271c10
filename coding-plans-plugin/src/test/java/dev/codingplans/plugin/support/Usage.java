package dev.codingplans.plugin.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What tests report as used, over HTTP. */
public record Usage(TestPlugin plugin) {

  private static final String ADMIN = "admin:root";

  public Answer send(String... records) {
    return send(List.of(records));
  }

  public Answer send(List<String> records) {
    return plugin.call(
        "POST", "/admin/api/usage", ADMIN, "{\"records\": [" + String.join(",", records) + "]}");
  }

  public JsonNode apply() {
    var applied = plugin.call("POST", "/admin/api/usage/apply", ADMIN, "");
    TestPlugin.require(applied, 200);
    return applied.json();
  }

  /** Reports a use of a model, charges it, and returns what the user sees of it. */
  public JsonNode use(String eventId, String user, long listCost, Instant at) {
    TestPlugin.require(send(record(eventId, user, "llm", listCost, at)), 202);
    apply();
    return plugin.get("/api/usage", "user:" + user).json().get("items").get(0);
  }

  public JsonNode tick() {
    var ticked = plugin.call("POST", "/admin/api/discount-ladder/tick", ADMIN, "");
    TestPlugin.require(ticked, 200);
    return ticked.json();
  }

  public Instant now() {
    return Instant.parse(plugin.get("/admin/api/test-clock", ADMIN).json().get("now").asText());
  }

  public Instant firstPaidAt(String user) {
    return Instant.parse(
        plugin.get("/api/credits", "user:" + user).json().get("firstPaidAt").asText());
  }

  public void advance(Duration by) {
    new Life(plugin).advance(by);
  }

  public static String record(
      String eventId, String user, String category, long listCost, Instant at) {
    return """
        {"eventId": "%s", "userId": "%s", "appliesTo": "%s", "kind": "llm_token", "amount": 1200,
         "listCostMicrodollars": %d, "occurredAt": "%s"}"""
        .formatted(eventId, user, category, listCost, at);
  }
}
