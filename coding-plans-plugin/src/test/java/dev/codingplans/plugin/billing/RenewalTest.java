package dev.codingplans.plugin.billing;

import static dev.codingplans.plugin.support.Life.assertSwept;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RenewalTest {

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final long DOLLAR = 1_000_000;

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
  @DisplayName("R1, R2, L4 a due subscription is charged once, from its due instant, and says so")
  void renews() {
    var id = life.subscribe("ann", PLUS, 45);
    var due = life.instant(id, "renewalAt");
    life.advance(PERIOD.plusHours(5));

    assertSwept(life.sweep(), "renewed=1");
    assertSwept(life.sweep(), "");

    assertThat(life.balance("ann")).isEqualTo(5 * DOLLAR);
    assertThat(life.instant(id, "currentPeriodStart")).isEqualTo(due);
    assertThat(life.instant(id, "currentPeriodEnd")).isEqualTo(due.plus(PERIOD));
    assertThat(life.instant(id, "renewalAt")).isEqualTo(due.plus(PERIOD));
    var terms = plugin.get("/api/subscriptions/" + id + "/terms", "user:ann").json().get("items");
    assertThat(terms.findValuesAsText("kind")).containsExactly("renewal", "activation");
    assertThat(terms.get(0).get("periodStart").asText()).isEqualTo(due.toString());
    assertThat(terms.get(0).get("costMicrodollars").asLong()).isEqualTo(20 * DOLLAR);
    assertThat(
            plugin
                .database()
                .text(
                    """
                    select concat_ws('|', kind, amount_microdollars, balance_after_microdollars, description)
                      from coding_plans.ledger_entry where idempotency_key = ?""",
                    "renewal:" + id + ":" + due))
        .isEqualTo("renewal|-20000000|5000000|Coding plan renewal: MiniMax Token Plan Plus");
    assertThat(events("ann")).endsWith("subscription.renewed");
  }

  @Test
  @DisplayName("R1 the price of the purchase is charged, whatever the catalog says now; R6, C5")
  void priceSnapshot() {
    var id = life.subscribe("ann", PLUS, 45);
    plugin.database().execute("delete from coding_plans.byok_key");
    plugin.close();
    plugin =
        TestPlugin.on(
            plugin.database(),
            Map.of(
                "CODING_PLANS_CATALOG",
                """
                {"providers": [{"id": "other", "name": "Other", "models": ["m"]}], "plans": []}"""),
            List.of());
    life = new Life(plugin);
    life.advance(PERIOD);

    assertSwept(life.sweep(), "renewed=1");

    assertThat(life.balance("ann")).isEqualTo(5 * DOLLAR);
    assertThat(
            plugin
                .database()
                .text("select description from coding_plans.ledger_entry where kind = 'renewal'"))
        .isEqualTo("Coding plan renewal: minimax-token-plan-plus");
    assertThat(life.status(id)).isEqualTo("active");
  }

  @Test
  @DisplayName("R5 after forty days of outage one period is charged: that of now")
  void longOutage() {
    var id = life.subscribe("ann", PLUS, 100);
    var due = life.instant(id, "renewalAt");
    life.advance(PERIOD.plusDays(40));

    assertSwept(life.sweep(), "renewed=1");

    assertThat(life.balance("ann")).isEqualTo(60 * DOLLAR);
    assertThat(life.instant(id, "currentPeriodStart")).isEqualTo(due.plus(PERIOD));
    assertThat(
            plugin
                .database()
                .text(
                    """
                    select payload ->> 'skippedPeriods' from coding_plans.event
                     where type = 'subscription.renewed'"""))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("R7 a renewal is announced once, three days before, with whether it is covered")
  void reminds() {
    var id = life.subscribe("ann", PLUS, 45);
    life.advance(PERIOD.minusDays(3).minusMinutes(1));
    life.sweep();
    assertThat(events("ann")).doesNotContain("subscription.renewal_upcoming");

    life.advance(Duration.ofMinutes(1));
    life.sweep();
    life.sweep();

    assertThat(events("ann")).containsOnlyOnce("subscription.renewal_upcoming");
    assertThat(
            plugin
                .database()
                .text(
                    """
                    select concat_ws('|', payload ->> 'subscriptionId', payload ->> 'priceMicrodollars',
                                     payload ->> 'balanceCovers')
                      from coding_plans.event where type = 'subscription.renewal_upcoming'"""))
        .isEqualTo(id + "|20000000|true");

    life.advance(PERIOD);
    assertSwept(life.sweep(), "renewed=1");
    assertThat(events("ann").stream().filter("subscription.renewal_upcoming"::equals)).hasSize(2);
  }

  @Test
  @DisplayName("E2, G1, G3 too little credit: access in grace, and credit renews it at once")
  void recovers() {
    var id = life.subscribe("ann", PLUS, 25);
    var due = life.instant(id, "renewalAt");
    life.advance(PERIOD);

    assertSwept(life.sweep(), "pastDueStarted=1 waiting=1");
    assertThat(life.status(id)).isEqualTo("past_due");
    assertThat(life.instant(id, "graceEndsAt")).isEqualTo(due.plus(Duration.ofDays(1)));
    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);

    plugin.credit("ann", 14);
    assertThat(life.status(id)).isEqualTo("past_due");
    plugin.credit("ann", 1);

    assertThat(life.status(id)).isEqualTo("active");
    assertThat(life.subscription(id).get("graceEndsAt").isNull()).isTrue();
    assertThat(life.balance("ann")).isZero();
    assertThat(life.instant(id, "currentPeriodStart")).isEqualTo(due);
    assertThat(events("ann")).endsWith("subscription.renewed", "subscription.recovered");
  }

  @Test
  @DisplayName("G3 a sweep finds credit of which nobody told")
  void sweepRecovers() {
    var id = life.subscribe("ann", PLUS, 20);
    life.advance(PERIOD);
    life.sweep();
    plugin
        .database()
        .execute(
            """
            with credit as (
              update coding_plans.credit_account set balance_microdollars = 20000000 returning user_id)
            insert into coding_plans.ledger_entry
                   (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
            select gen_random_uuid(), user_id, 'granted_credit', 20000000, 20000000, 'by hand', 'by hand', now()
              from credit""");

    assertSwept(life.sweep(), "recovered=1");
    assertThat(life.status(id)).isEqualTo("active");
  }

  @Test
  @DisplayName("G4, X5 grace over and unfunded: it ends, and the request path knew at the instant")
  void endsUnfunded() {
    var id = life.subscribe("ann", PLUS, 20);
    var due = life.instant(id, "renewalAt");
    life.advance(PERIOD);
    life.sweep();
    life.advance(Duration.ofDays(1));
    assertThat(plugin.resolve("ann")).isInstanceOf(Denied.class);

    assertSwept(life.sweep(), "endedInsufficientCredits=1");

    var ended = life.subscription(id);
    assertThat(ended.get("status").asText()).isEqualTo("canceled");
    assertThat(ended.get("cancellationReason").asText()).isEqualTo("insufficient_credits");
    assertThat(life.instant(id, "canceledAt")).isEqualTo(due.plus(Duration.ofDays(1)));
    assertThat(
            plugin
                .database()
                .text(
                    """
                    select concat_ws('|', status, ciphertext is null, upstream_plan_id is not null,
                                     access_ended_at = (select canceled_at from coding_plans.subscription))
                      from coding_plans.credential"""))
        .isEqualTo("revocation_pending|t|t|t");
    assertThat(plugin.database().texts("select id from coding_plans.byok_key")).isEmpty();
    assertThat(events("ann")).endsWith("subscription.ended");
  }

  @Test
  @DisplayName("G3 credit that is there at the first sweep after the grace still renews")
  void lateCredit() {
    var id = life.subscribe("ann", PLUS, 20);
    life.advance(PERIOD);
    life.sweep();
    life.advance(Duration.ofDays(2));

    plugin.credit("ann", 20);

    assertThat(life.status(id)).isEqualTo("active");
    assertThat(life.balance("ann")).isZero();
  }

  @Test
  @DisplayName("E2, X2 a sweep that is 23 hours late cuts nobody off")
  void lateSweepCutsNobodyOff() {
    life.subscribe("ann", PLUS, 40);
    life.advance(PERIOD.plusHours(23));

    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);
    assertSwept(life.sweep(), "renewed=1");
    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);
  }

  private List<String> events(String user) {
    return plugin
        .database()
        .texts("select type from coding_plans.event where user_id = ? order by id", user);
  }
}
