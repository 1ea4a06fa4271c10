package dev.codingplans.plugin.admin;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.util.List;
import java.util.UUID;
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
    assertThat(right.get("parkedAccountsTotal").asLong()).isEqualTo(1);
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
  @DisplayName("L3 an account that cannot be parked keeps no other from it")
  void oneCannotBeParked() {
    plugin.credit("ann", 50);
    plugin.credit("bob", 50);
    db.execute(
        """
        alter table coding_plans.credit_account drop constraint credit_account_balance_microdollars_check;
        update coding_plans.credit_account set balance_microdollars = -1;
        alter table coding_plans.credit_account add check (user_id <> 'ann') not valid""");

    var answer = reconcile();

    assertThat(answer.get("ok").asBoolean()).isFalse();
    assertThat(answer.get("parkedAccounts"))
        .extracting(parked -> parked.get("userId").asText())
        .containsExactly("bob");
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
