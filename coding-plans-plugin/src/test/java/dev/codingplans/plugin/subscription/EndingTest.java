package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.Life.assertSwept;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndingTest {

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final Duration DAY = Duration.ofDays(1);
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
  @DisplayName(
      "X1, X2, X7 a cancelled one ends at its period's end, exactly, with no sweep running")
  void endsAtPeriodEnd() {
    var id = life.subscribe("ann", PLUS, 100);
    var end = life.instant(id, "currentPeriodEnd");

    var canceled = life.cancel("ann", id);
    assertThat(canceled.status()).isEqualTo(200);
    assertThat(canceled.json().get("status").asText()).isEqualTo("active");
    assertThat(canceled.json().get("cancelAtPeriodEnd").asBoolean()).isTrue();
    assertThat(life.cancel("ann", id).status()).isEqualTo(200);
    assertThat(((PlanKey) plugin.resolve("ann")).validUntil()).isEqualTo(end);

    life.advance(PERIOD);
    assertThat(plugin.resolve("ann")).isInstanceOf(Denied.class);
    var ended = life.subscription(id);
    assertThat(ended.get("status").asText()).isEqualTo("canceled");
    assertThat(ended.get("cancellationReason").asText()).isEqualTo("user_canceled");
    assertThat(life.instant(id, "canceledAt")).isEqualTo(end);
    assertThat(plugin.get("/api/subscriptions", "user:ann").json().get("items")).isEmpty();
    assertThat(plugin.get("/api/byok", "user:ann").json().get("items")).isEmpty();
    assertThat(statusOfCredential()).isEqualTo("assigned");

    assertSwept(life.sweep(), "endedAtPeriodEnd=1");
    assertSwept(life.sweep(), "");

    assertThat(life.subscription(id)).isEqualTo(ended);
    assertThat(statusOfCredential()).isEqualTo("revocation_pending");
    assertThat(life.balance("ann")).isEqualTo(80 * DOLLAR);
  }

  @Test
  @DisplayName("X7, P9 whoever buys again after the end need not wait for a sweep")
  void buysAgainBeforeTheSweep() {
    var id = life.subscribe("ann", PLUS, 100);
    life.cancel("ann", id);
    life.advance(PERIOD);
    plugin.stock(MAX, 1);

    var preview =
        plugin.call(
            "POST", "/api/subscriptions/preview", "user:ann", "{\"planId\": \"" + MAX + "\"}");
    assertThat(preview.json().get("blockers")).isEmpty();
    var again = plugin.buy("ann", MAX);

    assertThat(again.status()).isEqualTo(201);
    assertThat(life.status(id)).isEqualTo("canceled");
    assertThat(
            plugin.database().texts("select status from coding_plans.credential order by position"))
        .containsExactly("revocation_pending", "assigned");
    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);
  }

  @Test
  @DisplayName("X1, X7 a cancellation can be taken back until the end, and not after it")
  void resumes() {
    var id = life.subscribe("ann", PLUS, 100);
    life.cancel("ann", id);

    var resumed = life.resume("ann", id);
    assertThat(resumed.json().get("cancelAtPeriodEnd").asBoolean()).isFalse();
    assertThat(life.resume("ann", id).status()).isEqualTo(200);
    life.cancel("ann", id);
    life.advance(PERIOD);

    assertThat(life.resume("ann", id).code()).isEqualTo("invalid_state");
    assertThat(statusOfCredential()).isEqualTo("assigned");
  }

  @Test
  @DisplayName("R1 a cancellation after the due instant but before the charge wins, uncharged")
  void cancelsBeforeALateCharge() {
    var id = life.subscribe("ann", PLUS, 100);
    var end = life.instant(id, "currentPeriodEnd");
    life.advance(PERIOD.plusHours(3));

    var canceled = life.cancel("ann", id);

    assertThat(canceled.json().get("status").asText()).isEqualTo("canceled");
    assertThat(Instant.parse(canceled.json().get("canceledAt").asText())).isEqualTo(end);
    assertSwept(life.sweep(), "");
    assertThat(life.balance("ann")).isEqualTo(80 * DOLLAR);
  }

  @Test
  @DisplayName("X1 one that is past due ends at the grace end, and credit does not renew it")
  void cancelsWhilePastDue() {
    var id = life.subscribe("ann", PLUS, 20);
    life.advance(PERIOD);
    life.sweep();
    var graceEnd = life.instant(id, "graceEndsAt");

    life.cancel("ann", id);
    plugin.credit("ann", 50);
    assertSwept(life.sweep(), "");
    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);
    life.advance(DAY);

    assertThat(plugin.resolve("ann")).isInstanceOf(Denied.class);
    assertSwept(life.sweep(), "endedAtPeriodEnd=1");
    assertThat(life.instant(id, "canceledAt")).isEqualTo(graceEnd);
    assertThat(life.balance("ann")).isEqualTo(50 * DOLLAR);
  }

  @Test
  @DisplayName("X1 taken back while past due and funded, it renews at once")
  void resumesWhilePastDue() {
    var id = life.subscribe("ann", PLUS, 20);
    life.advance(PERIOD);
    life.sweep();
    life.cancel("ann", id);
    plugin.credit("ann", 50);

    var resumed = life.resume("ann", id);

    assertThat(resumed.json().get("status").asText()).isEqualTo("active");
    assertThat(life.balance("ann")).isEqualTo(30 * DOLLAR);
  }

  @Test
  @DisplayName("X3, X4, X5 a termination ends at once, once, and never overwrites a reason")
  void terminates() {
    var id = life.subscribe("ann", PLUS, 100);

    var terminated = life.asAdmin(id, "terminate", "");
    var again = life.asAdmin(id, "terminate", "");

    assertThat(terminated.status()).isEqualTo(200);
    assertThat(terminated.json().get("cancellationReason").asText())
        .isEqualTo("administrative_termination");
    assertThat(again.code()).isEqualTo("invalid_state");
    assertThat(plugin.resolve("ann")).isInstanceOf(Denied.class);
    assertThat(statusOfCredential()).isEqualTo("revocation_pending");
    assertThat(plugin.database().text("select ciphertext from coding_plans.credential")).isNull();
    assertThat(life.balance("ann")).isEqualTo(80 * DOLLAR);
    for (var deed : new String[] {"cancel", "extend"}) {
      var body = deed.equals("extend") ? "{\"days\": 1}" : "";
      assertThat(life.asAdmin(id, deed, body).code()).as(deed).isEqualTo("invalid_state");
    }
    assertThat(life.cancel("ann", id).code()).isEqualTo("invalid_state");
    assertThat(life.resume("ann", id).code()).isEqualTo("invalid_state");
  }

  @Test
  @DisplayName("X3, X7 what has lapsed cannot be terminated: its user had cancelled it")
  void terminatesNothingLapsed() {
    var id = life.subscribe("ann", PLUS, 100);
    assertThat(life.asAdmin(id, "cancel", "").json().get("cancelAtPeriodEnd").asBoolean()).isTrue();
    life.advance(PERIOD);

    assertThat(life.asAdmin(id, "terminate", "").code()).isEqualTo("invalid_state");

    assertThat(life.subscription(id).get("cancellationReason").asText()).isEqualTo("user_canceled");
  }

  @Test
  @DisplayName("X5, B1 a key that the user made out of a managed one by hand survives the end")
  void ownKeySurvives() {
    var id = life.subscribe("ann", PLUS, 100);
    plugin.database().execute("delete from coding_plans.byok_key");
    var put =
        plugin.call(
            "PUT",
            "/api/byok/minimax",
            "user:ann",
            """
            {"apiKey": "sk-of-my-own", "enabled": true}""");
    TestPlugin.require(put, 200);

    life.asAdmin(id, "terminate", "");

    assertThat(plugin.database().text("select source from coding_plans.byok_key")).isEqualTo("own");
  }

  @Test
  @DisplayName("L4 an extension moves the end, costs nothing, and is in the books")
  void extendsActive() {
    var id = life.subscribe("ann", PLUS, 40);
    var end = life.instant(id, "currentPeriodEnd");

    var extended = life.asAdmin(id, "extend", "{\"days\": 7}");

    assertThat(Instant.parse(extended.json().get("renewalAt").asText()))
        .isEqualTo(end.plus(Duration.ofDays(7)));
    assertThat(
            plugin
                .database()
                .text(
                    """
                    select concat_ws('|', amount_microdollars, description)
                      from coding_plans.ledger_entry where kind = 'extension'"""))
        .isEqualTo("0|Coding plan extension: 7 additional days");
    life.advance(PERIOD);
    assertSwept(life.sweep(), "");
    life.advance(Duration.ofDays(7));
    assertSwept(life.sweep(), "renewed=1");
    assertThat(life.instant(id, "currentPeriodStart")).isEqualTo(end.plus(Duration.ofDays(7)));
    var terms = plugin.get("/api/subscriptions/" + id + "/terms?limit=2", "user:ann").json();
    assertThat(terms.findValuesAsText("kind")).containsExactly("renewal", "extension");
    var rest =
        plugin.get(
            "/api/subscriptions/"
                + id
                + "/terms?limit=2&cursor="
                + terms.get("nextCursor").asText(),
            "user:ann");
    assertThat(rest.json().findValuesAsText("kind")).containsExactly("activation");
  }

  @Test
  @DisplayName("an extension while past due makes it active again, uncharged until the new end")
  void extendsPastDue() {
    var id = life.subscribe("ann", PLUS, 20);
    life.advance(PERIOD);
    life.sweep();

    var extended = life.asAdmin(id, "extend", "{\"days\": 2}");

    assertThat(extended.json().get("status").asText()).isEqualTo("active");
    assertThat(extended.json().get("graceEndsAt").isNull()).isTrue();
    life.advance(DAY.plusHours(12));
    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);
    assertSwept(life.sweep(), "");
  }

  @Test
  @DisplayName("an extension of one that is late counts from now: days that are over would be none")
  void extendsLate() {
    var id = life.subscribe("ann", PLUS, 40);
    var now = life.advance(PERIOD.plusDays(2));

    var extended = life.asAdmin(id, "extend", "{\"days\": 1}");

    assertThat(Instant.parse(extended.json().get("renewalAt").asText()))
        .isBetween(now.plus(DAY), now.plus(DAY).plusSeconds(60));
    assertSwept(life.sweep(), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "91", "-1", "\"7\"", "1.5", "null", "2147483648"})
  @DisplayName("an extension is 1 to 90 whole days")
  void extendsWithinBounds(String days) {
    var id = life.subscribe("ann", PLUS, 20);

    assertThat(life.asAdmin(id, "extend", "{\"days\": " + days + "}").code())
        .isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("what belongs to somebody else is not found, and neither is what never was")
  void foreign() {
    var id = life.subscribe("ann", PLUS, 20);

    assertThat(life.cancel("bob", id).code()).isEqualTo("not_found");
    assertThat(life.resume("bob", id).code()).isEqualTo("not_found");
    assertThat(plugin.get("/api/subscriptions/" + id + "/terms", "user:bob").code())
        .isEqualTo("not_found");
    assertThat(life.asAdmin(UUID.randomUUID().toString(), "terminate", "").code())
        .isEqualTo("not_found");
    assertThat(asUser(id, "terminate").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("an admin sees everybody's subscriptions, by user and by status, page by page")
  void lists() {
    var first = life.subscribe("ann", PLUS, 20);
    var second = life.subscribe("bob", PLUS, 20);
    var third = life.subscribe("cid", PLUS, 20);
    life.asAdmin(first, "terminate", "");
    life.cancel("bob", second);
    life.advance(PERIOD);

    assertThat(ids("?limit=2")).containsExactly(third, second);
    assertThat(ids("?status=canceled")).containsExactly(second, first);
    assertThat(ids("?status=active")).containsExactly(third);
    assertThat(ids("?userId=ann")).containsExactly(first);
    assertThat(plugin.get("/admin/api/subscriptions?status=gone", "admin:root").code())
        .isEqualTo("invalid_request");
  }

  private Iterable<String> ids(String query) {
    return plugin
        .get("/admin/api/subscriptions" + query, "admin:root")
        .json()
        .findValuesAsText("id");
  }

  private Answer asUser(String id, String deed) {
    return plugin.call("POST", "/admin/api/subscriptions/" + id + "/" + deed, "user:ann", "");
  }

  private String statusOfCredential() {
    return plugin.database().text("select status from coding_plans.credential");
  }
}
