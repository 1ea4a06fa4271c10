package dev.codingplans.plugin.admin;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ParkingTest {

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db);
  }

  @AfterEach
  void stop() {
    plugin.close();
  }

  @Test
  @DisplayName(
      "L3 an account whose money does not add up is parked: no charge, and it is told once")
  void parked() {
    plugin.credit("ann", 50);
    plugin.credit("bob", 50);
    plugin.stock(PLUS, 2);
    db.execute(
        "update coding_plans.credit_account set balance_microdollars = 60000000 where user_id = 'ann'");

    assertThat(reconcile().get("parkedAccounts"))
        .singleElement()
        .satisfies(
            parked -> {
              assertThat(parked.get("userId").asText()).isEqualTo("ann");
              assertThat(parked.get("parkedAt").asText()).endsWith("Z");
            });
    reconcile();

    assertThat(db.texts("select payload from coding_plans.event where type = 'account.parked'"))
        .containsExactly(
            """
            {"checks": ["balance-equals-entries", "newest-entry-shows-balance"]}""");
    var refused = plugin.buy("ann", PLUS);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("invalid_state");
    assertThat(refused.json().get("detail").asText()).contains("on hold");
    assertThat(blockers("ann")).containsExactly("invalid_state");
    assertThat(move("ann", -1).code()).isEqualTo("invalid_state");
    assertThat(move("ann", 1).status()).as("credit is taken all the same").isEqualTo(201);
    assertThat(plugin.buy("bob", PLUS).status()).isEqualTo(201);
  }

  @Test
  @DisplayName("L3 an account that was put right is charged again when the operator says so")
  void unparked() {
    plugin.credit("ann", 50);
    plugin.stock(PLUS, 1);
    addByHand(1);
    reconcile();
    addByHand(-1);

    var right = reconcile();
    assertThat(right.get("ok").asBoolean()).isTrue();
    assertThat(right.get("parkedAccounts")).as("right again, but parked").hasSize(1);
    assertThat(plugin.buy("ann", PLUS).code()).isEqualTo("invalid_state");

    db.execute("update coding_plans.credit_account set parked_at = null");
    assertThat(plugin.buy("ann", PLUS).status()).isEqualTo(201);
    assertReconciled(plugin);
  }

  @Test
  @DisplayName("L3 what breaks no money invariant parks nobody")
  void accessDoesNotPark() {
    plugin.credit("ann", 50);
    db.execute("update coding_plans.credit_account set first_paid_at = null");

    var answer = reconcile();

    assertThat(answer.get("ok").asBoolean()).isFalse();
    assertThat(answer.get("parkedAccounts")).isEmpty();
  }

  @Test
  @DisplayName("L3 an account that is put right while the reconciliation waits is not parked")
  void putRightMeanwhile() throws Exception {
    plugin.credit("ann", 50);
    addByHand(1);
    try (var other = db.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      other.setAutoCommit(false);
      try (var statement = other.createStatement()) {
        statement.execute(
            "update coding_plans.credit_account set balance_microdollars = balance_microdollars - 1");
      }
      var answer = threads.submit(this::reconcile);
      await()
          .until(
              () ->
                  db.text(
                          """
                          select exists (select from pg_stat_activity
                                          where datname = current_database() and wait_event_type = 'Lock')""")
                      .equals("t"));
      other.commit();

      assertThat(answer.get().get("ok").asBoolean()).as("as it was when it looked").isFalse();
      assertThat(answer.get().get("parkedAccounts")).isEmpty();
    }
    assertReconciled(plugin);
  }

  @Test
  @DisplayName("L3 purchases that are made while it reads never look like a violation")
  void reconcileDuringPurchases() throws Exception {
    plugin.stock(PLUS, 30);
    IntStream.range(0, 30).forEach(i -> plugin.credit("buyer-" + i, 20));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var purchases =
          IntStream.range(0, 30)
              .mapToObj(i -> threads.submit(() -> plugin.buy("buyer-" + i, PLUS)))
              .toList();
      while (!purchases.stream().allMatch(purchase -> purchase.isDone())) {
        assertReconciled(plugin);
      }
      for (var purchase : purchases) {
        assertThat(purchase.get().status()).isEqualTo(201);
      }
    }
    assertReconciled(plugin);
  }

  private JsonNode reconcile() {
    var answer = plugin.get("/admin/api/reconciliation", "admin:root");
    TestPlugin.require(answer, 200);
    return answer.json();
  }

  /** Moves the balance without an entry. */
  private void addByHand(int microdollars) {
    db.execute(
        "update coding_plans.credit_account set balance_microdollars = balance_microdollars + ?",
        microdollars);
  }

  private Answer move(String user, long microdollars) {
    return plugin.call(
        "POST",
        "/admin/api/users/" + user + "/credits",
        "admin:root",
        """
        {"amountMicrodollars": %d, "kind": "adjustment", "reason": "test"}"""
            .formatted(microdollars),
        "Idempotency-Key",
        UUID.randomUUID().toString());
  }

  private List<String> blockers(String user) {
    var preview =
        plugin.call(
            "POST", "/api/subscriptions/preview", "user:" + user, "{\"planId\": \"" + PLUS + "\"}");
    return IntStream.range(0, preview.json().get("blockers").size())
        .mapToObj(i -> preview.json().get("blockers").get(i).asText())
        .toList();
  }
}
