package dev.codingplans.plugin.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.util.UUID;

/** What users do with quota plans, over HTTP. */
public record QuotaCalls(TestPlugin plugin) {

  public static final String FIVE = "vm-5-monthly";
  public static final String TEN = "vm-10-monthly";

  public Answer buy(String user, String plan) {
    return buy(user, plan, UUID.randomUUID().toString());
  }

  public Answer buy(String user, String plan, String key) {
    return plugin.call(
        "POST",
        "/api/quota-plans/" + plan + "/purchase",
        "user:" + user,
        "",
        "Idempotency-Key",
        key);
  }

  public Answer take(String user, String unit) {
    return take(user, unit, "", UUID.randomUUID().toString());
  }

  public Answer take(String user, String unit, String body, String key) {
    return plugin.call(
        "POST",
        "/api/quota/" + unit + "/allocations",
        "user:" + user,
        body,
        "Idempotency-Key",
        key);
  }

  public Answer release(String user, String unit, String id) {
    return plugin.call("DELETE", "/api/quota/" + unit + "/allocations/" + id, "user:" + user, "");
  }

  public JsonNode held(String user, String unit) {
    return items("/api/quota/" + unit + "/allocations?limit=100", "user:" + user);
  }

  public JsonNode running(String user) {
    return items("/api/quota", "user:" + user);
  }

  public JsonNode items(String path, String caller) {
    var answer = plugin.get(path, caller);
    TestPlugin.require(answer, 200);
    return answer.json().get("items");
  }
}
