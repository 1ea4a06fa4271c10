package dev.codingplans.plugin.entitlement;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Reason;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.support.RecordedMeters;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntitlementTest {

  private static final Duration ONE_SECOND = Duration.ofSeconds(1);

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db);
    plugin.stock(PLUS, List.of("sk-plan-key"));
  }

  @AfterEach
  void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("E1 own key, plan key, nothing, and a model of an unknown provider")
  void whoseKey() {
    putOwnKey("ann", "sk-own-key-of-ann");
    buy("bob");

    assertThat(plugin.resolve("ann")).isEqualTo(new OwnKey(Secret.of("sk-own-key-of-ann")));
    assertThat(plugin.resolve("bob")).isInstanceOf(PlanKey.class);
    assertThat(plugin.resolve("bob", "a-model-of-next-year")).isInstanceOf(PlanKey.class);
    assertDenied(plugin.resolve("eve"), Reason.NO_ENTITLEMENT);
    assertDenied(resolve(new Scope.Personal(new UserId("ann")), "nowhere"), Reason.MODEL_NOT_FOUND);
  }

  @Test
  @DisplayName("E4 changes of a user who is called much like a deleted account are told as well")
  void calledLikeDeleted() {
    var id = buy("deleted-soon").get("id").asText();
    var told = changesOf("deleted-soon");

    TestPlugin.require(
        plugin.call("POST", "/api/subscriptions/" + id + "/cancel", "user:deleted-soon", ""), 200);

    assertThat(changesOf("deleted-soon")).isGreaterThan(told);
  }

  private int changesOf(String user) {
    return Integer.parseInt(
        db.text("select count(*) from coding_plans.entitlement_change where user_id = ?", user));
  }

  @Test
  @DisplayName(
      "E2 an active subscription serves until its renewal plus a day of slack, and not longer")
  void validWithSlack() {
    var subscription = buy("ann");
    var renewal = Instant.parse(subscription.get("renewalAt").asText());

    assertThat(plugin.resolve("ann"))
        .isInstanceOfSatisfying(
            PlanKey.class,
            key -> assertThat(key.validUntil()).isEqualTo(renewal.plus(Duration.ofHours(24))));
    advance("P30DT23H");
    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);
    advance("PT1H");
    assertDenied(plugin.resolve("ann"), Reason.NO_ENTITLEMENT);
  }

  @Test
  @DisplayName("E2 a grace longer than a day is the slack")
  void slackOfGrace() {
    var subscription = buy("ann");
    try (var patient = TestPlugin.on(db, Map.of("CODING_PLANS_GRACE", "PT72H"), List.of())) {
      assertThat(patient.resolve("ann"))
          .isInstanceOfSatisfying(
              PlanKey.class,
              key ->
                  assertThat(key.validUntil())
                      .isEqualTo(
                          Instant.parse(subscription.get("renewalAt").asText())
                              .plus(Duration.ofHours(72))));
    }
  }

  @Test
  @DisplayName(
      "E2, X2 a scheduled cancellation serves until the period end exactly, with no sweep running")
  void scheduledCancellation() {
    var subscription = buy("ann");
    db.execute("update coding_plans.subscription set cancel_at_period_end = true");

    await()
        .atMost(ONE_SECOND)
        .untilAsserted(
            () ->
                assertThat(plugin.resolve("ann"))
                    .isInstanceOfSatisfying(
                        PlanKey.class,
                        key ->
                            assertThat(key.validUntil())
                                .isEqualTo(subscription.get("currentPeriodEnd").asText())));
    advance("P30D");
    assertDenied(plugin.resolve("ann"), Reason.NO_ENTITLEMENT);
  }

  @Test
  @DisplayName("E2 a past-due subscription serves until its grace ends")
  void pastDue() {
    buy("ann");
    db.execute(
        """
        update coding_plans.subscription
           set status = 'past_due', grace_ends_at = renewal_at + interval '3 hours'""");

    advance("P30DT2H");
    await()
        .atMost(ONE_SECOND)
        .untilAsserted(
            () ->
                assertThat(plugin.resolve("ann"))
                    .isInstanceOfSatisfying(
                        PlanKey.class,
                        key ->
                            assertThat(key.validUntil())
                                .isEqualTo(
                                    db.text(
                                        """
                                        select to_json(grace_ends_at at time zone 'UTC') #>> '{}' || 'Z'
                                          from coding_plans.subscription"""))));
    advance("PT1H");
    assertDenied(plugin.resolve("ann"), Reason.NO_ENTITLEMENT);
  }

  @Test
  @DisplayName("E3 a lost plan and a disabled own key are denied, and say so")
  void lostPlan() {
    buy("ann");
    db.execute("delete from coding_plans.byok_key");
    putOwnKey("bob", "sk-own-key-of-bob");
    plugin.call("PATCH", "/api/byok/minimax", "user:bob", "{\"enabled\": false}");

    await()
        .atMost(ONE_SECOND)
        .untilAsserted(() -> assertThat(detail(plugin.resolve("ann"))).contains("has ended"));
    assertThat(detail(plugin.resolve("bob"))).contains("switched off");
    assertThat(detail(plugin.resolve("eve"))).contains("neither a plan nor a key");
  }

  @Test
  @DisplayName("E4 a change is visible on its node when the call returns")
  void visibleAtOnce() {
    assertDenied(plugin.resolve("ann"), Reason.NO_ENTITLEMENT);
    putOwnKey("ann", "sk-own-key-of-ann");
    assertThat(plugin.resolve("ann")).isInstanceOf(OwnKey.class);
    plugin.call("PATCH", "/api/byok/minimax", "user:ann", "{\"enabled\": false}");
    assertDenied(plugin.resolve("ann"), Reason.NO_ENTITLEMENT);
    TestPlugin.require(plugin.call("DELETE", "/api/byok/minimax", "user:ann", ""), 204);
    buy("ann");
    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);
  }

  @Test
  @DisplayName("E4 a change is visible on another node within one second")
  void visibleElsewhere() {
    try (var other = TestPlugin.on(db)) {
      assertDenied(other.resolve("ann"), Reason.NO_ENTITLEMENT);
      buy("ann");
      eventually(() -> assertThat(other.resolve("ann")).isInstanceOf(PlanKey.class));

      advance("P31D");
      eventually(() -> assertDenied(other.resolve("ann"), Reason.NO_ENTITLEMENT));
    }
  }

  @Test
  @DisplayName("E4 even a manual change in the database reaches the nodes")
  void manualChange() {
    buy("ann");
    assertThat(plugin.resolve("ann")).isInstanceOf(PlanKey.class);

    db.execute(
        "update coding_plans.credential set status = 'revocation_pending', ciphertext = null");
    eventually(() -> assertDenied(plugin.resolve("ann"), Reason.NO_ENTITLEMENT));
  }

  @Test
  @DisplayName("E4 a transaction that commits after later ones is not skipped")
  void lateCommit() throws Exception {
    putOwnKey("ann", "sk-own-key-of-ann");
    assertThat(plugin.resolve("ann")).isInstanceOf(OwnKey.class);
    try (var slow = db.connect();
        var statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("update coding_plans.byok_key set enabled = false");
      putOwnKey("bob", "sk-own-key-of-bob");
      assertThat(plugin.resolve("bob")).isInstanceOf(OwnKey.class);
      db.execute("update coding_plans.byok_key set enabled = false where user_id = 'bob'");
      eventually(() -> assertDenied(plugin.resolve("bob"), Reason.NO_ENTITLEMENT));
      assertThat(plugin.resolve("ann")).isInstanceOf(OwnKey.class);

      slow.commit();
    }
    eventually(() -> assertDenied(plugin.resolve("ann"), Reason.NO_ENTITLEMENT));
  }

  @Test
  @DisplayName("E4 a node that has just started knows whoever has a key, before they ask")
  void warmedUp() {
    putOwnKey("bob", "sk-own-key-of-bob");
    buy("ann");
    var meters = new RecordedMeters();
    try (var other = TestPlugin.on(db, Map.of(), meters)) {
      await().until(() -> meters.value("entitlement.cache.entries") == 2);

      assertThat(other.resolve("ann")).isInstanceOf(PlanKey.class);
      assertThat(other.resolve("bob")).isInstanceOf(OwnKey.class);
      assertThat(meters.value("entitlement.cache.loads")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("E4 a change among more than a node cares to list is not missed")
  void bulkChange() {
    putOwnKey("ann", "sk-own-key-of-ann");
    assertThat(plugin.resolve("ann")).isInstanceOf(OwnKey.class);

    db.execute(
        """
        with many as (insert into coding_plans.entitlement_change (user_id, provider_id)
                      select 'user-' || n, 'minimax' from generate_series(1, 20000) n)
        update coding_plans.byok_key set enabled = false""");

    eventually(() -> assertDenied(plugin.resolve("ann"), Reason.NO_ENTITLEMENT));
  }

  @Test
  @DisplayName("E4 a balance is no entitlement fact: moving it writes no change")
  void balanceWritesNoChange() {
    buy("ann");
    var before = db.text("select count(*) from coding_plans.entitlement_change");

    plugin.credit("ann", 5);
    db.execute("update coding_plans.subscription set price_microdollars = 1");
    db.execute("update coding_plans.byok_key set updated_at = now()");

    assertThat(db.text("select count(*) from coding_plans.entitlement_change")).isEqualTo(before);
  }

  @Test
  @DisplayName("E5 an organisation and nobody see no personal plan")
  void otherScopes() {
    buy("ann");

    assertDenied(resolve(new Scope.Organisation("ann"), "minimax"), Reason.NO_ENTITLEMENT);
    assertDenied(resolve(new Scope.Anonymous(), "minimax"), Reason.NO_ENTITLEMENT);
  }

  @Test
  @DisplayName("I6 a key text copied to another user's row does not decrypt, and is no key")
  void copiedCiphertext() {
    putOwnKey("ann", "sk-own-key-of-ann");
    putOwnKey("eve", "sk-own-key-of-eve");
    db.execute(
        """
        update coding_plans.byok_key
           set ciphertext = (select ciphertext from coding_plans.byok_key where user_id = 'ann')
         where user_id = 'eve'""");

    eventually(() -> assertDenied(plugin.resolve("eve"), Reason.NO_ENTITLEMENT));
    assertThat(plugin.resolve("ann")).isInstanceOf(OwnKey.class);
  }

  private Entitlement resolve(Scope scope, String provider) {
    return plugin
        .registrations()
        .entitlements()
        .resolve(new EntitlementQuery(scope, new ProviderId(provider), "MiniMax-M2"))
        .toCompletableFuture()
        .join();
  }

  private com.fasterxml.jackson.databind.JsonNode buy(String user) {
    plugin.credit(user, 20);
    var answer = plugin.buy(user, PLUS);
    TestPlugin.require(answer, 201);
    return answer.json();
  }

  private void putOwnKey(String user, String key) {
    db.execute(
        "insert into coding_plans.credit_account (user_id) values (?) on conflict do nothing",
        user);
    TestPlugin.require(
        plugin.call(
            "PUT",
            "/api/byok/minimax",
            "user:" + user,
            "{\"apiKey\": \"" + key + "\", \"enabled\": true}"),
        200);
  }

  private void advance(String duration) {
    TestPlugin.require(
        plugin.call(
            "POST", "/admin/api/test-clock", "admin:root", "{\"advance\": \"" + duration + "\"}"),
        200);
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
    await().atMost(ONE_SECOND).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
  }

  private static void assertDenied(Entitlement entitlement, Reason reason) {
    assertThat(entitlement)
        .isInstanceOfSatisfying(
            Denied.class, denied -> assertThat(denied.reason()).isEqualTo(reason));
  }

  private static String detail(Entitlement entitlement) {
    return entitlement instanceof Denied denied ? denied.detail() : "not denied";
  }
}
