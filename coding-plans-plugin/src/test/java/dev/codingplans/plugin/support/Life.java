package dev.codingplans.plugin.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** What tests do to subscriptions over HTTP, and with product time. */
public record Life(TestPlugin plugin) {

  private static final String ADMIN = "admin:root";

  /** Gives the user credit for the plan, buys it, and returns the subscription's id. */
  public String subscribe(String user, String plan, long dollars) {
    plugin.stock(plan, 1);
    plugin.credit(user, dollars);
    var bought = plugin.buy(user, plan);
    TestPlugin.require(bought, 201);
    return bought.json().get("id").asText();
  }

  public Instant advance(Duration by) {
    var moved =
        plugin.call("POST", "/admin/api/test-clock", ADMIN, "{\"advance\": \"%s\"}".formatted(by));
    TestPlugin.require(moved, 200);
    return Instant.parse(moved.json().get("now").asText());
  }

  /** Lets all paid periods be over by making them older, for where time cannot be moved. */
  public void endPeriods() {
    plugin
        .database()
        .execute(
            """
            update coding_plans.subscription
               set current_period_start = current_period_start - interval '30 days 1 hour',
                   current_period_end = current_period_end - interval '30 days 1 hour',
                   renewal_at = renewal_at - interval '30 days 1 hour'""");
    plugin
        .database()
        .execute(
            """
            update coding_plans.term
               set period_start = period_start - interval '30 days 1 hour',
                   period_end = period_end - interval '30 days 1 hour'""");
  }

  public JsonNode sweep() {
    var swept = plugin.call("POST", "/admin/api/billing/sweep", ADMIN, "");
    TestPlugin.require(swept, 200);
    return swept.json();
  }

  public Answer cancel(String user, String id) {
    return plugin.call("POST", "/api/subscriptions/" + id + "/cancel", "user:" + user, "");
  }

  public Answer resume(String user, String id) {
    return plugin.call("POST", "/api/subscriptions/" + id + "/resume", "user:" + user, "");
  }

  public Answer asAdmin(String id, String deed, String body) {
    return plugin.call("POST", "/admin/api/subscriptions/" + id + "/" + deed, ADMIN, body);
  }

  /** Returns the subscription as an admin sees it. */
  public JsonNode subscription(String id) {
    var answer = plugin.get("/admin/api/subscriptions/" + id, ADMIN);
    TestPlugin.require(answer, 200);
    return answer.json();
  }

  public Instant instant(String id, String field) {
    return Instant.parse(subscription(id).get(field).asText());
  }

  public String status(String id) {
    return subscription(id).get("status").asText();
  }

  public long balance(String user) {
    return plugin.get("/api/credits", "user:" + user).json().get("balanceMicrodollars").asLong();
  }

  /** Asserts what a sweep counted; whatever is not named is zero. */
  public static void assertSwept(JsonNode report, String counts) {
    var shown =
        report.properties().stream()
            .filter(count -> !count.getKey().equals("durationMs"))
            .filter(count -> count.getValue().asLong() != 0)
            .map(count -> count.getKey() + "=" + count.getValue())
            .collect(Collectors.joining(" "));
    assertThat(shown).isEqualTo(counts);
  }
}
