package dev.codingplans.plugin.credential.level;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.RecordedMeters;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StockLevelTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The catalog's own plan, of which two are few. */
  private static final Map<String, String> FEW =
      Map.of(
          "CODING_PLANS_CATALOG",
          """
          {"providers": [{"id": "minimax", "name": "MiniMax", "models": ["MiniMax-M2"]}],
           "plans": [{"id": "%s", "kind": "credential", "provider": "minimax", "name": "Token Plan Plus",
             "priceMicrodollars": 20000000, "periodDays": 30, "features": [], "models": ["minimax/*"],
             "upstreamTitles": ["Plus", "Token Plan Plus"], "lowStock": 2}]}"""
              .formatted(PLUS));

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;
  private TestPlugin another;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db, FEW, List.of());
    another = TestPlugin.on(db, FEW, List.of());
  }

  @AfterEach
  void stop() {
    another.close();
    plugin.close();
  }

  @Test
  @DisplayName("I7 a stock that runs low, and out, is told once each, and again after it rose")
  void tells() {
    plugin.stock(PLUS, 4);
    var subscription = buy("a");
    assertThat(told()).isEmpty();
    buy("b");
    awaitTold("low 2");
    buy("c");
    TestPlugin.require(swap(subscription), 200);
    awaitTold("low 2", "sold_out 0");

    plugin.stock(PLUS, 2);
    withdrawOne();
    withdrawOne();
    awaitTold("low 2", "sold_out 0", "sold_out 0");

    plugin.stock(PLUS, 3);
    withdrawOne();
    awaitTold("low 2", "sold_out 0", "sold_out 0", "low 2");
  }

  @Test
  @DisplayName("I7 what nobody of these nodes took is noticed by the regular look")
  void noticesByItself() {
    plugin.stock(PLUS, 3);
    db.execute(
        """
        update coding_plans.credential set status = 'revocation_pending', ciphertext = null
         where position = (select min(position) from coding_plans.credential)""");

    try (var started = TestPlugin.on(db, FEW, List.of())) {
      assertThat(started.address()).isNotNull();
      awaitTold("low 2");
    }
  }

  @Test
  @DisplayName("I7 the figures show how much of each plan there is")
  void figures() {
    plugin.stock(PLUS, 3);
    buy("a");

    var meters = new RecordedMeters();
    try (var started = TestPlugin.on(db, FEW, meters)) {
      assertThat(started.address()).isNotNull();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(meters.value("stock.available", PLUS, "minimax")).isEqualTo(2);
                assertThat(meters.value("stock.level", PLUS)).isEqualTo(1);
              });
    }
  }

  private String buy(String user) {
    plugin.credit(user, 20);
    var bought = plugin.buy(user, PLUS);
    TestPlugin.require(bought, 201);
    return bought.json().get("id").asText();
  }

  private TestPlugin.Answer swap(String subscription) {
    return another.call(
        "POST",
        "/admin/api/subscriptions/" + subscription + "/swap-credential",
        "admin:root",
        "",
        "Idempotency-Key",
        "one");
  }

  private void withdrawOne() {
    var id =
        db.text(
            "select id from coding_plans.credential where status = 'available' order by position");
    TestPlugin.require(
        another.call(
            "POST", "/admin/api/inventory/credentials/" + id + "/withdraw", "admin:root", ""),
        200);
  }

  private void awaitTold(String... levels) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).containsExactly(levels));
  }

  private List<String> told() {
    return db.texts(
        """
        select concat_ws(' ', payload ->> 'level', payload ->> 'available')
          from coding_plans.event where type = 'stock.low' and payload ->> 'planId' = ? order by id""",
        PLUS);
  }
}
