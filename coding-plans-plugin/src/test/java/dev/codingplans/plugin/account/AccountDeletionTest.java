package dev.codingplans.plugin.account;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.TestDatabase.DatabaseRefusal;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AccountDeletionTest {

  private TestPlugin plugin;
  private Life life;

  @BeforeEach
  void start() {
    plugin = TestPlugin.start();
    life = new Life(plugin);
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("X6 plans end, keys and intents go, credit is booked out, history has no name")
  void deletes() {
    var id = life.subscribe("ann", PLUS, 45);
    plugin.call("PUT", "/api/plans/" + MAX + "/availability-intent", "user:ann", "");
    life.subscribe("bob", PLUS, 20);

    assertThat(delete("user:ann").status()).isEqualTo(204);

    assertThat(plugin.resolve("ann")).isInstanceOf(Denied.class);
    var ended = life.subscription(id);
    assertThat(ended.get("cancellationReason").asText()).isEqualTo("account_deleted");
    var anonymous = ended.get("userId").asText();
    assertThat(anonymous).startsWith("deleted-");
    var db = plugin.database();
    assertThat(
            db.texts(
                """
                select kind || ' ' || amount_microdollars from coding_plans.ledger_entry
                 where user_id = ? order by position""",
                anonymous))
        .containsExactly("paid_credit 45000000", "activation -20000000", "adjustment -25000000");
    assertThat(
            db.texts(
                """
                select concat_ws('|', status, assigned_to, ciphertext is null)
                  from coding_plans.credential order by position"""))
        .containsExactly("revocation_pending|t", "assigned|bob|f");
    assertThat(db.texts("select user_id from coding_plans.availability_intent")).isEmpty();
    assertThat(db.texts("select user_id from coding_plans.byok_key")).containsExactly("bob");
    assertThat(db.texts("select user_id from coding_plans.credit_account order by 1"))
        .containsExactly("bob", anonymous);
    assertThat(
            db.texts(
                "select type from coding_plans.event where user_id = 'ann' order by id desc limit 2"))
        .containsExactly("account.deleted", "subscription.ended");
  }

  @Test
  @DisplayName("X6 an account goes, however long its history takes to lose the name")
  void takesItsTime() {
    life.subscribe("ann", PLUS, 45);
    // Longer than the driver waits for anything else.
    plugin
        .database()
        .execute(
            """
            create function coding_plans.take_long() returns trigger language plpgsql as $$
            begin perform pg_sleep(4.3); return null; end $$;
            create trigger takes_long after update on coding_plans.ledger_entry
              for each statement execute function coding_plans.take_long()""");

    assertThat(delete("user:ann").status()).isEqualTo(204);

    assertThat(plugin.database().texts("select user_id from coding_plans.credit_account"))
        .noneMatch("ann"::equals);
    assertThat(
            plugin
                .database()
                .texts("select distinct user_id from coding_plans.ledger_entry order by 1"))
        .noneMatch("ann"::equals);
  }

  @Test
  @DisplayName(
      "X6 tokens from before are refused, and those that do not say; a newer one starts anew")
  void refusesOldTokens() {
    life.subscribe("ann", PLUS, 45);
    var before = "user:ann;iat=" + Instant.now().minusSeconds(60);
    assertThat(plugin.get("/api/credits", before).status()).isEqualTo(200);

    assertThat(delete(before).status()).isEqualTo(204);

    var after = "user:ann;iat=" + Instant.now().plusSeconds(60);
    for (var old : new String[] {before, "user:ann", "user:ann;iat=nonsense"}) {
      assertThat(plugin.get("/api/credits", old).code()).as(old).isEqualTo("unauthenticated");
    }
    assertThat(plugin.get("/api/credits", after).json().get("balanceMicrodollars").asLong())
        .isZero();
    assertThat(plugin.get("/api/subscriptions?includeEnded=true", after).json().get("items"))
        .isEmpty();
    plugin.credit("ann", 20);
    plugin.stock(PLUS, 1);
    var bought =
        plugin.call(
            "POST",
            "/api/subscriptions",
            after,
            "{\"planId\": \"" + PLUS + "\"}",
            "Idempotency-Key",
            "again");
    assertThat(bought.status()).isEqualTo(201);
  }

  @Test
  @DisplayName("X6 an admin deletes anybody's account; twice, or one that never was, is harmless")
  void isIdempotent() {
    life.subscribe("ann", PLUS, 45);

    for (int i = 0; i < 2; i++) {
      assertThat(plugin.call("DELETE", "/admin/api/users/ann", "admin:root", "").status())
          .isEqualTo(204);
    }
    assertThat(plugin.call("DELETE", "/admin/api/users/nobody", "admin:root", "").status())
        .isEqualTo(204);
    plugin.registrations().accountHook().orElseThrow().accountDeleted(new UserId("ann"));

    assertThat(deletions())
        .as("each is told once; of nobody the host may have something all the same")
        .containsExactly("ann", "nobody");
    assertThat(plugin.get("/api/credits", "user:nobody").code()).isEqualTo("unauthenticated");
  }

  @Test
  @DisplayName("X6 the host is told each time that a user goes who has used nothing here")
  void tellsOfUnusedAccounts() {
    assertThat(delete("user:ann").status()).isEqualTo(204);
    assertThat(delete("user:ann;iat=" + Instant.now().plusSeconds(60)).status()).isEqualTo(204);

    assertThat(deletions()).containsExactly("ann", "ann");
    assertThat(plugin.database().texts("select user_id from coding_plans.credit_account"))
        .isEmpty();
  }

  @Test
  @DisplayName("X6 a key of a request from before means nothing to the new account")
  void forgetsIdempotencyKeys() {
    plugin.credit("ann", 45);
    plugin.stock(PLUS, 2);
    var first = plugin.buy("ann", PLUS, "the-key").json().get("id").asText();

    delete("user:ann");
    plugin.credit("ann", 45);
    var again =
        plugin.call(
            "POST",
            "/api/subscriptions",
            "user:ann;iat=" + Instant.now().plus(Duration.ofMinutes(1)),
            "{\"planId\": \"" + PLUS + "\"}",
            "Idempotency-Key",
            "the-key");

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().get("id").asText()).isNotEqualTo(first);
  }

  @Test
  @DisplayName("X6 a request that waited while its account was deleted does not open it again")
  void stayedOutside() throws Exception {
    plugin.credit("ann", 45);
    var db = plugin.database();
    CompletableFuture<Answer> deletion;
    CompletableFuture<Answer> waiting;
    try (var holder = db.connect();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute(
          "select from coding_plans.credit_account where user_id = 'ann' for no key update");
      deletion = CompletableFuture.supplyAsync(() -> delete("user:ann"));
      await().until(() -> waitingForLocks() == 1);
      waiting =
          CompletableFuture.supplyAsync(
              () ->
                  plugin.call(
                      "PUT", "/api/credits/auto-top-up", "user:ann", "{\"enabled\": true}"));
      await().until(() -> waitingForLocks() == 2);
      holder.rollback();
    }

    assertThat(deletion.get().status()).isEqualTo(204);
    assertThat(waiting.get().code()).isEqualTo("unauthenticated");
    assertThat(db.texts("select user_id from coding_plans.credit_account"))
        .singleElement()
        .asString()
        .startsWith("deleted-");
  }

  private int waitingForLocks() {
    return Integer.parseInt(
        plugin
            .database()
            .text(
                """
                select count(*) from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock'"""));
  }

  @Test
  @DisplayName("P7 an admin's key is remembered for ever, also when its user's account is gone")
  void remembersAdminKeys() {
    var first = grantWithKey("ann");
    TestPlugin.require(plugin.call("DELETE", "/admin/api/users/ann", "admin:root", ""), 204);

    var again = grantWithKey("ann");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
  }

  @Test
  @DisplayName("X6 nothing that nodes are told joins the old name to the new")
  void tellsNodesNoNewName() {
    life.subscribe("ann", PLUS, 45);

    delete("user:ann");

    assertThat(
            plugin
                .database()
                .texts(
                    "select user_id from coding_plans.entitlement_change where user_id like 'deleted-%'"))
        .isEmpty();
  }

  private Answer grantWithKey(String user) {
    return plugin.call(
        "POST",
        "/admin/api/users/" + user + "/credits",
        "admin:root",
        """
        {"amountMicrodollars": 1000000, "kind": "granted_credit", "reason": "test"}""",
        "Idempotency-Key",
        "the-admins-key");
  }

  @Test
  @DisplayName(
      "L1 an entry's owner loses the name and nothing else changes, whatever the code does")
  void entriesStay() {
    life.subscribe("ann", PLUS, 45);
    var db = plugin.database();

    for (var change :
        new String[] {
          "user_id = 'bob'",
          "amount_microdollars = 1",
          "user_id = 'deleted-x', amount_microdollars = 1"
        }) {
      assertThatThrownBy(() -> db.execute("update coding_plans.ledger_entry set " + change))
          .as(change)
          .isInstanceOf(DatabaseRefusal.class)
          .hasMessageContaining("append-only");
    }
    assertThatThrownBy(() -> db.execute("delete from coding_plans.ledger_entry"))
        .isInstanceOf(DatabaseRefusal.class);
  }

  private List<String> deletions() {
    return plugin
        .database()
        .texts("select user_id from coding_plans.event where type = 'account.deleted' order by id");
  }

  private Answer delete(String caller) {
    return plugin.call("DELETE", "/api/account", caller, "");
  }
}
