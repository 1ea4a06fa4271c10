package dev.codingplans.plugin.usage;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.Usage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LadderTickTest {

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;
  private Usage usage;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db);
    usage = new Usage(plugin);
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("D5 a tick tells each change once, and the balance shows the tier without it")
  void tells() {
    plugin.credit("ann", 1);
    usage.advance(Duration.ofDays(7));

    assertThat(tier("ann")).isEqualTo("week 0.5");
    assertThat(usage.tick().get("changed").asInt()).isOne();
    assertThat(usage.tick().get("changed").asInt()).isZero();
    usage.advance(Duration.ofDays(23));
    assertThat(tier("ann")).isEqualTo("month 0.25");
    assertThat(usage.tick().get("changed").asInt()).isOne();

    assertThat(
            db.texts(
                """
                select concat_ws(' ', user_id, payload ->> 'previousTier', payload ->> 'tier', payload ->> 'multiplier')
                  from coding_plans.event where type = 'tier.changed' order by id"""))
        .containsExactly("ann none week 0.5", "ann week month 0.25");
  }

  @Test
  @DisplayName("D5 two nodes that tick at once tell each change once")
  void twoNodes() {
    for (int i = 0; i < 50; i++) {
      plugin.credit("user-" + i, 1);
    }
    usage.advance(Duration.ofDays(7));

    try (var other = TestPlugin.on(db)) {
      var first = CompletableFuture.supplyAsync(usage::tick);
      var second = CompletableFuture.supplyAsync(() -> new Usage(other).tick());

      assertThat(first.join().get("changed").asInt() + second.join().get("changed").asInt())
          .isEqualTo(50);
    }
    assertThat(db.text("select count(*) from coding_plans.event where type = 'tier.changed'"))
        .isEqualTo("50");
  }

  @Test
  @DisplayName("D5 what an account had before there was a ladder is no change")
  void first() {
    plugin.credit("old", 1);
    db.execute("update coding_plans.credit_account set discount_tier = null");
    usage.advance(Duration.ofDays(8));

    assertThat(usage.tick().get("changed").asInt()).isZero();
    usage.advance(Duration.ofDays(23));
    assertThat(usage.tick().get("changed").asInt()).isOne();

    assertThat(told()).containsExactly("old week");
  }

  @Test
  @DisplayName("D5 an account that is busy keeps no other from its change, and is told later")
  void busy() throws Exception {
    plugin.credit("busy", 1);
    plugin.credit("deleted-by-name", 1);
    usage.advance(Duration.ofDays(8));

    try (var holder = db.connect();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute(
          "select from coding_plans.credit_account where user_id = 'busy' for no key update");
      assertThat(plugin.call("POST", "/admin/api/discount-ladder/tick", "admin:root", "").status())
          .isEqualTo(503);
      assertThat(told()).containsExactly("deleted-by-name none");
      holder.rollback();
    }
    usage.tick();

    assertThat(told()).containsExactly("deleted-by-name none", "busy none");
  }

  private List<String> told() {
    return db.texts(
        """
        select user_id || ' ' || (payload ->> 'previousTier')
          from coding_plans.event where type = 'tier.changed' order by id""");
  }

  @Test
  @DisplayName("D2 granted credits start no tenure, and a first payment that goes does not end it")
  void whatStartsTenure() {
    credit("gus", "granted_credit", 5_000_000);
    credit("pia", "paid_credit", 5_000_000);
    var paid = usage.firstPaidAt("pia");
    credit("pia", "adjustment", -5_000_000);
    usage.advance(Duration.ofDays(8));
    credit("pia", "paid_credit", 1_000_000);

    assertThat(tier("gus")).isEqualTo("none 1.0");
    assertThat(tier("pia")).isEqualTo("week 0.5");
    assertThat(usage.firstPaidAt("pia")).isEqualTo(paid);
  }

  @Test
  @DisplayName("D2 of two first payments at the same time, one starts tenure")
  void twoFirstPayments() {
    var first = CompletableFuture.runAsync(() -> plugin.credit("pia", 1));
    var second = CompletableFuture.runAsync(() -> plugin.credit("pia", 1));
    CompletableFuture.allOf(first, second).join();

    assertThat(
            db.text(
                """
                select count(*) from coding_plans.ledger_entry entry
                  join coding_plans.credit_account account using (user_id)
                 where user_id = 'pia' and entry.created_at = account.first_paid_at"""))
        .isEqualTo("1");
  }

  private String tier(String user) {
    var tier = plugin.get("/api/credits", "user:" + user).json().get("discountTier");
    return tier.get("name").asText() + " " + tier.get("multiplier").asText();
  }

  private void credit(String user, String kind, long amount) {
    TestPlugin.require(
        plugin.call(
            "POST",
            "/admin/api/users/" + user + "/credits",
            "admin:root",
            """
            {"amountMicrodollars": %d, "kind": "%s", "reason": "test"}"""
                .formatted(amount, kind),
            "Idempotency-Key",
            UUID.randomUUID().toString()),
        201);
  }
}
