package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy.Verdict;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PurchaseTest {

  /** Wants KYC of everybody whose name says so, and fails for one. */
  private static final PurchasePolicy POLICY =
      (caller, plan) ->
          switch (caller.user().value()) {
            case "unknown-face" ->
                CompletableFuture.completedFuture(new Verdict.KycRequired("Show your face."));
            case "unlucky" -> CompletableFuture.failedFuture(new IllegalStateException("down"));
            default -> CompletableFuture.completedFuture(new Verdict.Allowed());
          };

  private final TestDatabase db = TestDatabase.fresh();
  private final Books books = new Books(db);
  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db, Map.of(), List.of(POLICY));
  }

  @AfterEach
  void stop() {
    plugin.close();
  }

  @Test
  @DisplayName(
      "P1, L2, L4 a purchase charges, claims, installs, records, clears the intent, and tells")
  void purchaseDoesAllOfIt() {
    plugin.credit("ann", 30);
    plugin.stock(PLUS, List.of("sk-first"));
    db.execute("insert into coding_plans.availability_intent values ('ann', ?)", PLUS);

    var bought = plugin.buy("ann", PLUS);

    assertThat(bought.status()).isEqualTo(201);
    var subscription = bought.json();
    var id = subscription.get("id").asText();
    assertThat(subscription.get("status").asText()).isEqualTo("active");
    assertThat(subscription.get("planName").asText()).isEqualTo("Token Plan Plus");
    assertThat(subscription.get("providerName").asText()).isEqualTo("MiniMax");
    assertThat(subscription.get("byokKeyInstalled").asBoolean()).isTrue();
    assertThat(subscription.get("paymentSource").asText()).isEqualTo("credits");
    assertThat(subscription.get("renewalAt")).isEqualTo(subscription.get("currentPeriodEnd"));
    assertThat(plugin.get("/api/subscriptions/" + id, "user:ann").json()).isEqualTo(subscription);

    assertThat(db.text("select balance_microdollars from coding_plans.credit_account"))
        .isEqualTo("10000000");
    assertThat(
            db.text(
                """
                select concat_ws('|', kind, amount_microdollars, balance_after_microdollars, description)
                  from coding_plans.ledger_entry
                 where idempotency_key = 'activation:' || ?""",
                id))
        .isEqualTo("activation|-20000000|10000000|Coding plan: MiniMax Token Plan Plus");
    assertThat(
            db.text(
                """
                select t.kind || ' ' || t.cost_microdollars || ' ' || (t.period_end - t.period_start) || ' ' || e.kind
                  from coding_plans.term t join coding_plans.ledger_entry e on e.id = t.ledger_entry_id"""))
        .isEqualTo("activation 20000000 30 days activation");
    assertThat(db.text("select status || ' ' || assigned_to from coding_plans.credential"))
        .isEqualTo("assigned ann");
    assertThat(db.texts("select plan_id from coding_plans.availability_intent")).isEmpty();
    assertThat(
            db.text(
                """
                select user_id || ' ' || (payload ->> 'subscriptionId')
                  from coding_plans.event where type = 'subscription.activated'"""))
        .isEqualTo("ann " + id);
    assertThat(plugin.resolve("ann"))
        .isInstanceOfSatisfying(
            PlanKey.class, key -> assertThat(key.credential().reveal()).isEqualTo("sk-first"));
  }

  @Test
  @DisplayName("P2 the first failing check decides, in the order of the rule")
  void orderOfChecks() {
    var user = "unknown-face";
    db.execute("insert into coding_plans.credit_account (user_id) values (?)", user);
    plugin.stock(MAX, 1);
    salesState(PLUS, "paused");
    var subscription = liveSubscription(user);
    db.execute(
        """
        insert into coding_plans.byok_key
        values (gen_random_uuid(), ?, 'minimax', 'own', false, '\\x00', 'abcd', null, now(), now())""",
        user);

    assertThat(plugin.buy(user, "no-such-plan").code()).isEqualTo("unknown_plan");
    assertThat(plugin.buy(user, "vm-5-monthly").code()).isEqualTo("unknown_plan");
    assertThat(plugin.buy(user, PLUS).code()).isEqualTo("purchases_paused");
    salesState(PLUS, "closed");
    assertThat(plugin.buy(user, PLUS).code()).isEqualTo("plan_closed");
    salesState(PLUS, "open");
    assertThat(plugin.buy(user, PLUS).code()).isEqualTo("kyc_required");
    assertThat(plugin.buy(user, PLUS).json().get("detail").asText()).isEqualTo("Show your face.");

    withoutPolicies(
        open -> {
          assertThat(open.buy(user, PLUS).code()).isEqualTo("provider_plan_active");
          books.end(subscription);
          assertThat(open.buy(user, PLUS).code()).isEqualTo("byok_key_present");
          db.execute("delete from coding_plans.byok_key");
          assertThat(open.buy(user, PLUS).code()).isEqualTo("insufficient_credits");
          open.credit(user, 20);
          assertThat(open.buy(user, PLUS).code()).isEqualTo("sold_out");
          open.stock(PLUS, 1);
          assertThat(open.buy(user, PLUS).status()).isEqualTo(201);
        });
  }

  @Test
  @DisplayName("P2 a policy that gives no verdict makes the purchase unavailable, uncharged")
  void failingPolicy() {
    plugin.credit("unlucky", 20);
    plugin.stock(PLUS, 1);

    assertThat(plugin.buy("unlucky", PLUS).code()).isEqualTo("unavailable");
    books.assertNothingBought("unlucky", 20);
    assertThat(preview("unlucky", PLUS).json().get("blockers").toString())
        .isEqualTo("[\"unavailable\"]");
    salesState(PLUS, "paused");
    assertThat(plugin.buy("unlucky", PLUS).code())
        .as("its place in the order is after the sales state")
        .isEqualTo("purchases_paused");
  }

  @Test
  @DisplayName("P2 what a key bought is returned even if the policies are down by then")
  void replayWithoutVerdict() {
    plugin.credit("unlucky", 20);
    plugin.stock(PLUS, 1);
    withoutPolicies(open -> assertThat(open.buy("unlucky", PLUS, "one").status()).isEqualTo(201));

    assertThat(plugin.buy("unlucky", PLUS, "one").status()).isEqualTo(200);
    assertThat(plugin.buy("unlucky", "NOT A PLAN", "one").code())
        .isEqualTo("idempotency_key_reused");
    assertThat(plugin.buy("unlucky", "NOT A PLAN", "two").code()).isEqualTo("unknown_plan");
  }

  @Test
  @DisplayName("P3 equality is enough, one microdollar less is not")
  void exactFunds() {
    plugin.stock(PLUS, 2);
    grant("rich", 20_000_000);
    grant("poor", 19_999_999);

    assertThat(plugin.buy("rich", PLUS).status()).isEqualTo(201);
    assertThat(plugin.buy("poor", PLUS).code()).isEqualTo("insufficient_credits");
    assertThat(plugin.buy("poor", PLUS).status()).isEqualTo(402);
  }

  @Test
  @DisplayName("P6 stock is sold first in, first out")
  void firstInFirstOut() {
    plugin.stock(PLUS, List.of("sk-one", "sk-two"));
    plugin.stock(PLUS, List.of("sk-three"));

    for (String key : List.of("sk-one", "sk-two", "sk-three")) {
      plugin.credit(key, 20);
      plugin.buy(key, PLUS);
      assertThat(plugin.resolve(key))
          .isInstanceOfSatisfying(
              PlanKey.class, it -> assertThat(it.credential().reveal()).isEqualTo(key));
    }
  }

  @Test
  @DisplayName("P7 the same key and request return the same subscription, whatever is true by then")
  void replay() {
    plugin.credit("ann", 20);
    plugin.stock(PLUS, 1);
    var first = plugin.buy("ann", PLUS, "my-key");
    salesState(PLUS, "closed");

    var again = plugin.buy("ann", PLUS, "my-key");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    books.end(UUID.fromString(first.json().get("id").asText()));
    assertThat(plugin.buy("ann", PLUS, "my-key").json().get("status").asText())
        .isEqualTo("canceled");
    books.assertOneSubscriptionPaid();
  }

  @Test
  @DisplayName("P7 a key is required, refuses another request, and a failed attempt leaves it free")
  void keys() {
    plugin.credit("ann", 20);

    assertThat(
            plugin
                .call("POST", "/api/subscriptions", "user:ann", "{\"planId\":\"" + PLUS + "\"}")
                .code())
        .isEqualTo("idempotency_key_required");
    assertThat(plugin.buy("ann", PLUS, "my-key").code()).isEqualTo("sold_out");
    plugin.stock(PLUS, 1);
    assertThat(plugin.buy("ann", PLUS, "my-key").status()).isEqualTo(201);
    assertThat(plugin.buy("ann", MAX, "my-key").code()).isEqualTo("idempotency_key_reused");
    assertThat(plugin.buy("ann", MAX, "my-key").status()).isEqualTo(422);
    assertThat(plugin.buy("bob", PLUS, "my-key").code()).isEqualTo("insufficient_credits");
  }

  @Test
  @DisplayName("P9 after the end a user subscribes again at once, and gets another credential")
  void againAfterTheEnd() {
    plugin.credit("ann", 40);
    plugin.stock(PLUS, List.of("sk-one", "sk-two"));
    var first = plugin.buy("ann", PLUS);
    books.end(UUID.fromString(first.json().get("id").asText()));

    assertThat(plugin.buy("ann", PLUS).status()).isEqualTo(201);

    assertThat(plugin.resolve("ann"))
        .isInstanceOfSatisfying(
            PlanKey.class, key -> assertThat(key.credential().reveal()).isEqualTo("sk-two"));
    assertThat(plugin.get("/api/subscriptions", "user:ann").json().get("items")).hasSize(1);
    assertThat(plugin.get("/api/subscriptions?includeEnded=true", "user:ann").json().get("items"))
        .hasSize(2);
  }

  @Test
  @DisplayName("P9 a user's subscriptions are listed newest first, a page at a time")
  void pages() {
    plugin.credit("ann", 60);
    plugin.stock(PLUS, 3);
    var bought = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      var id = plugin.buy("ann", PLUS).json().get("id").asText();
      bought.addFirst(id);
      books.end(UUID.fromString(id));
    }

    var first = plugin.get("/api/subscriptions?includeEnded=true&limit=2", "user:ann").json();
    var second =
        plugin
            .get(
                "/api/subscriptions?includeEnded=true&limit=2&cursor="
                    + first.get("nextCursor").asText(),
                "user:ann")
            .json();

    var listed = new ArrayList<String>();
    first.get("items").forEach(item -> listed.add(item.get("id").asText()));
    second.get("items").forEach(item -> listed.add(item.get("id").asText()));
    assertThat(listed).isEqualTo(bought);
    assertThat(second.get("nextCursor").isNull()).isTrue();
    assertThat(plugin.get("/api/subscriptions?cursor=x", "user:ann").code())
        .isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("P10 a preview tells price, balance after and every blocker, and does nothing")
  void preview() {
    plugin.credit("ann", 30);
    plugin.stock(PLUS, 1);

    var free = preview("ann", PLUS).json();
    assertThat(free.get("priceMicrodollars").asLong()).isEqualTo(20_000_000);
    assertThat(free.get("balanceAfterMicrodollars").asLong()).isEqualTo(10_000_000);
    assertThat(free.get("blockers")).isEmpty();

    plugin.buy("ann", PLUS);
    salesState(ULTRA, "paused");
    assertThat(preview("ann", ULTRA).json().get("blockers"))
        .extracting(blocker -> blocker.asText())
        .containsExactly(
            "purchases_paused",
            "provider_plan_active",
            "byok_key_present",
            "insufficient_credits",
            "sold_out");
    assertThat(preview("ann", "nothing").code()).isEqualTo("unknown_plan");
    books.assertOneSubscriptionPaid();
  }

  private Answer preview(String user, String plan) {
    return plugin.call(
        "POST", "/api/subscriptions/preview", "user:" + user, "{\"planId\": \"" + plan + "\"}");
  }

  @Test
  @DisplayName("P5 another user's subscription is not found")
  void foreignSubscription() {
    plugin.credit("ann", 20);
    plugin.stock(PLUS, 1);
    var id = plugin.buy("ann", PLUS).json().get("id").asText();

    assertThat(plugin.get("/api/subscriptions/" + id, "user:bob").code()).isEqualTo("not_found");
    assertThat(plugin.get("/api/subscriptions", "user:bob").json().get("items")).isEmpty();
  }

  private void salesState(String plan, String state) {
    TestPlugin.require(
        plugin.call(
            "PUT",
            "/admin/api/plans/" + plan + "/sales-state",
            "admin:root",
            "{\"state\": \"" + state + "\"}"),
        200);
  }

  private void grant(String user, long microdollars) {
    TestPlugin.require(
        plugin.call(
            "POST",
            "/admin/api/users/" + user + "/credits",
            "admin:root",
            "{\"amountMicrodollars\": "
                + microdollars
                + ", \"kind\": \"granted_credit\", \"reason\": \"gift\"}",
            "Idempotency-Key",
            "grant"),
        201);
  }

  private void withoutPolicies(Consumer<TestPlugin> test) {
    try (var open = TestPlugin.on(db)) {
      test.accept(open);
    }
  }

  /** A live subscription of another plan, made by hand. */
  private UUID liveSubscription(String user) {
    var id = UUID.randomUUID();
    db.execute(
        """
        with taken as (
          update coding_plans.credential set status = 'assigned', assigned_to = ?, assigned_at = now()
           where plan_id = ? returning id)
        insert into coding_plans.subscription
          (id, user_id, provider_id, plan_id, price_microdollars, period_days, status, current_period_start,
           current_period_end, renewal_at, credential_id, created_at)
        select ?, ?, 'minimax', ?, 1, 30, 'active', now(), now() + interval '30 days', now() + interval '30 days', id, now()
          from taken""",
        user,
        MAX,
        id,
        user,
        MAX);
    return id;
  }
}
