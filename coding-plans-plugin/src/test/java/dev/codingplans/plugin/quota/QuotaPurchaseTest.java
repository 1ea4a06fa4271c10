package dev.codingplans.plugin.quota;

import static dev.codingplans.plugin.support.QuotaCalls.FIVE;
import static dev.codingplans.plugin.support.QuotaCalls.TEN;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy.Verdict;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.QuotaCalls;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuotaPurchaseTest {

  private static final Duration PERIOD = Duration.ofDays(30);

  /** Wants KYC for quota plans of one user, and fails for another. */
  private static final PurchasePolicy POLICY =
      (caller, plan) ->
          switch (caller.user().value()) {
            case "stranger" ->
                CompletableFuture.completedFuture(
                    plan.kind() == PlanOffer.Kind.QUOTA
                        ? new Verdict.KycRequired("Show your face.")
                        : new Verdict.Allowed());
            case "unlucky" -> CompletableFuture.failedFuture(new IllegalStateException("down"));
            default -> CompletableFuture.completedFuture(new Verdict.Allowed());
          };

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;
  private QuotaCalls quota;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db, Map.of(), List.of(POLICY));
    quota = new QuotaCalls(plugin);
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("Q1, L2, L4 a purchase charges once, gives the units for the period, and tells")
  void purchaseDoesAllOfIt() {
    plugin.credit("ann", 30);

    var bought = quota.buy("ann", FIVE);

    assertThat(bought.status()).isEqualTo(201);
    var allowance = bought.json();
    assertThat(allowance.get("planId").asText()).isEqualTo(FIVE);
    assertThat(allowance.get("unit").asText()).isEqualTo("vm");
    assertThat(allowance.get("unitsTotal").asInt()).isEqualTo(5);
    assertThat(allowance.get("unitsUsed").asInt()).isZero();
    assertThat(instant(allowance, "periodEnd"))
        .isEqualTo(instant(allowance, "periodStart").plus(PERIOD));
    var id = allowance.get("id").asText();
    assertThat(
            db.text(
                """
                select concat_ws('|', kind, amount_microdollars, balance_after_microdollars, description)
                  from coding_plans.ledger_entry where idempotency_key = 'quota:' || ?""",
                id))
        .isEqualTo("quota_purchase|-10000000|20000000|Quota plan: 5 VMs");
    assertThat(
            db.text(
                """
                select concat_ws('|', user_id, payload ->> 'allowanceId', payload ->> 'unitsTotal')
                  from coding_plans.event where type = 'quota.purchased'"""))
        .isEqualTo("ann|" + id + "|5");
    assertThat(quota.running("ann")).containsExactly(allowance);
    assertThat(
            quota.items("/admin/api/users?query=ann", "admin:root").get(0).get("quotas").toString())
        .isEqualTo(
            "[{\"unit\":\"vm\",\"planId\":\"%s\",\"used\":0,\"total\":5,\"periodEnd\":%s}]"
                .formatted(FIVE, allowance.get("periodEnd")));
    assertThat(quota.running("bob")).isEmpty();
  }

  @Test
  @DisplayName("Q2 the first failing check decides, in the order of the rule")
  void orderOfChecks() {
    plugin.credit("ann", 10);
    assertThat(quota.buy("ann", FIVE).status()).isEqualTo(201);
    salesState(FIVE, "paused");

    assertThat(plugin.call("POST", path(FIVE), "", "", "Idempotency-Key", "k").code())
        .isEqualTo("unauthenticated");
    for (var plan : List.of(FIVE, "no-such-plan", PLUS, "NO PLAN".replace(" ", "%20"))) {
      assertThat(quota.buy("stranger", plan).code()).as(plan).isEqualTo("kyc_required");
      assertThat(quota.buy("unlucky", plan).code()).as(plan).isEqualTo("unavailable");
    }
    for (var plan : List.of("no-such-plan", PLUS, "NO%20PLAN")) {
      assertThat(quota.buy("ann", plan).code()).as(plan).isEqualTo("unknown_plan");
    }
    assertThat(quota.buy("ann", FIVE).code()).isEqualTo("purchases_paused");
    salesState(FIVE, "closed");
    assertThat(quota.buy("ann", FIVE).code()).isEqualTo("plan_closed");
    salesState(FIVE, "open");
    var active = quota.buy("ann", FIVE);
    assertThat(active.status()).isEqualTo(409);
    assertThat(active.code()).isEqualTo("plan_active");
    assertThat(quota.buy("ann", TEN).code()).as("the unit counts").isEqualTo("plan_active");
    var poor = quota.buy("bob", FIVE);
    assertThat(poor.status()).isEqualTo(402);
    assertThat(poor.code()).isEqualTo("insufficient_credits");
    assertThat(plugin.call("POST", path(FIVE), "user:bob", "").code())
        .isEqualTo("idempotency_key_required");
  }

  @Test
  @DisplayName("Q2, C3 who has an allowance goes on using it when its plan is sold no more")
  void closedPlanGoesOn() {
    plugin.credit("ann", 10);
    quota.buy("ann", FIVE);
    salesState(FIVE, "closed");

    assertThat(quota.take("ann", "vm").status()).isEqualTo(201);
  }

  @Test
  @DisplayName("Q2, P7 the same key returns the same allowance, whatever is true by then")
  void replay() {
    plugin.credit("ann", 40);
    var first = quota.buy("ann", FIVE, "my-key");
    salesState(FIVE, "closed");
    quota.take("ann", "vm");

    var again = quota.buy("ann", FIVE, "my-key");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
    assertThat(again.json().get("unitsUsed").asInt()).isEqualTo(1);
    assertThat(quota.buy("ann", TEN, "my-key").code()).isEqualTo("idempotency_key_reused");
    assertThat(new Life(plugin).balance("ann")).isEqualTo(30_000_000);
  }

  @Test
  @DisplayName("Q2 a failed attempt leaves the key free, and equality of funds is enough")
  void exactFunds() {
    assertThat(quota.buy("ann", FIVE, "my-key").code()).isEqualTo("insufficient_credits");
    plugin.credit("ann", 10);

    assertThat(quota.buy("ann", FIVE, "my-key").status()).isEqualTo(201);
    assertThat(new Life(plugin).balance("ann")).isZero();
  }

  @Test
  @DisplayName("Q2 many purchases at once of one user: one allowance, one charge")
  void atOnce() {
    plugin.credit("ann", 100);

    var answers =
        IntStream.range(0, 8)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> quota.buy("ann", i % 2 == 0 ? FIVE : TEN)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .extracting(Answer::code)
        .containsOnly("plan_active");
    assertThat(
            db.text("select count(*) from coding_plans.ledger_entry where kind = 'quota_purchase'"))
        .isEqualTo("1");
  }

  @Test
  @DisplayName(
      "Q2 the next allowance can be bought from the end of the last on, to the microsecond")
  void boundary() {
    plugin.credit("ann", 40);
    quota.buy("ann", FIVE);
    var life = new Life(plugin);
    life.advance(PERIOD.minusHours(1));
    endsIn("1 microsecond");
    assertThat(quota.buy("ann", TEN).status())
        .as("its last microsecond is over by now")
        .isEqualTo(201);
    assertThat(quota.running("ann")).hasSize(1);

    endsIn("1 hour");
    assertThat(quota.buy("ann", FIVE).code()).isEqualTo("plan_active");
    life.advance(Duration.ofHours(1));
    assertThat(quota.running("ann")).as("ended, although nothing swept").isEmpty();
    assertThat(quota.buy("ann", FIVE).status()).isEqualTo(201);
    assertThat(db.text("select count(*) from coding_plans.allowance")).isEqualTo("3");
  }

  @Test
  @DisplayName("M1 what a node has leased and gives back is waited for; only the balance decides")
  void waitsForLeases() {
    plugin.credit("ann", 10);
    db.execute(
        """
        insert into coding_plans.credit_lease (id, user_id, granted_microdollars, expires_at)
        values (gen_random_uuid(), 'ann', 1, clock_timestamp() + interval '1 second')""");

    assertThat(quota.buy("ann", FIVE).status()).isEqualTo(201);
  }

  @Test
  @DisplayName("M1 leases are recalled for what they keep from a charge, and for no other refusal")
  void recallsOnlyForFunds() {
    plugin.credit("unlucky", 10);
    db.execute(
        """
        insert into coding_plans.credit_lease (id, user_id, granted_microdollars, expires_at)
        values (gen_random_uuid(), 'unlucky', 1, clock_timestamp() + interval '30 seconds')""");

    assertThat(quota.buy("unlucky", FIVE).code()).isEqualTo("unavailable");

    assertThat(db.text("select recalled from coding_plans.credit_lease")).isEqualTo("f");
  }

  @Test
  @DisplayName("Q2 a purchase that asks for more than the plan is refused, and charges nothing")
  void nothingElse() {
    plugin.credit("ann", 30);

    for (var body : List.of("{\"units\": 1000}", "{", "[]", "7", "\"5\"")) {
      var answer = plugin.call("POST", path(FIVE), "user:ann", body, "Idempotency-Key", "my-key");
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.code()).as(body).isEqualTo("invalid_request");
    }
    assertThat(new Life(plugin).balance("ann")).isEqualTo(30_000_000);
    assertThat(quota.buy("ann", FIVE, "my-key").status()).isEqualTo(201);
    var again = plugin.call("POST", path(FIVE), "user:ann", "{}", "Idempotency-Key", "my-key");
    assertThat(again.status()).as("the same request").isEqualTo(200);
  }

  private void endsIn(String interval) {
    db.execute(
        """
        update coding_plans.allowance set period_end = coding_plans.product_now() + cast(? as interval)
         where period_end > coding_plans.product_now()""",
        interval);
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

  private static String path(String plan) {
    return "/api/quota-plans/" + plan + "/purchase";
  }

  private static Instant instant(com.fasterxml.jackson.databind.JsonNode node, String field) {
    return Instant.parse(node.get(field).asText());
  }
}
