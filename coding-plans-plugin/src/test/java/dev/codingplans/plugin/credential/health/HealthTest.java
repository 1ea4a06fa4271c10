package dev.codingplans.plugin.credential.health;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
import dev.codingplans.plugin.support.Manner;
import dev.codingplans.plugin.support.ProviderFake;
import dev.codingplans.plugin.support.RecordedMeters;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final ProviderId MINIMAX = new ProviderId("minimax");
  private static final String EVERY_SECOND = "PT1S";
  private static final String NEVER = "P1000D";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ProviderFake provider = new ProviderFake();
  private final TestDatabase db = TestDatabase.fresh();
  private final RecordedMeters meters = new RecordedMeters();
  private TestPlugin plugin;

  @AfterEach
  void stop() {
    plugin.close();
    provider.close();
  }

  @Test
  @DisplayName(
      "a credential whose plan is gone is found, said once, and found again when it is back")
  void findsLostPlans() {
    plugin = start(EVERY_SECOND);
    buy("ann", "sk-plus-ann");
    buy("bob", "sk-plus-bob");
    provider.treat("sk-plus-ann", Manner.PLANLESS);

    await().atMost(LONG).until(() -> events().contains("credential.unhealthy"));
    assertThat(list("?health=subscription_inactive")).hasSize(1);
    assertThat(list("?health=healthy")).hasSize(1);
    assertThat(list("?health=rejected")).isEmpty();
    assertThat(plugin.get("/admin/api/inventory/credentials?health=x", "admin:root").status())
        .isEqualTo(400);
    await()
        .atMost(LONG)
        .until(() -> meters.value("credentials.unhealthy", "subscription_inactive") == 1);
    provider.treat("sk-plus-ann", Manner.REJECTED);
    await().atMost(LONG).until(() -> list("?health=rejected").size() == 1);
    provider.treat("sk-plus-ann", Manner.GOOD);
    await().atMost(LONG).until(() -> list("?health=healthy").size() == 2);

    assertThat(events()).containsExactly("credential.unhealthy", "credential.recovered");
    assertThat(
            db.text(
                "select payload->>'health' from coding_plans.event where type = 'credential.unhealthy'"))
        .isEqualTo("subscription_inactive");
    await().atMost(LONG).until(() -> meters.value("credentials.unhealthy") == 0);
  }

  @Test
  @DisplayName("a provider that fails says nothing of its credentials")
  void ignoresFailures() {
    plugin = start(EVERY_SECOND);
    for (Manner manner : List.of(Manner.DEAD, Manner.LIMITED, Manner.ECHOING, Manner.EXHAUSTED)) {
      var key = "sk-plus-" + manner;
      buy("user-" + manner, key);
      provider.treat(key, manner);
    }
    var calls = provider.calls();
    await().atMost(LONG).until(() -> provider.calls() >= calls + 2 * 4);

    assertThat(list("?health=healthy")).hasSize(4);
    assertThat(events()).isEmpty();
  }

  @Test
  @DisplayName(
      "however many nodes check, a credential is checked once an interval, a few at a time")
  void checksOnce() {
    plugin = start(NEVER);
    var keys = IntStream.range(0, 12).mapToObj(i -> "sk-plus-" + i).toList();
    keys.forEach(key -> buy("user-" + key, key));
    assertThat(keys).allMatch(key -> provider.callsOf(key) == 2);
    var proven = provider.calls();
    provider.latency(Duration.ofMillis(20));
    var started = System.nanoTime();
    try (var one = start(EVERY_SECOND);
        var two = start(EVERY_SECOND)) {
      await().atMost(LONG).until(() -> provider.calls() >= proven + 2 * keys.size());
      assertThat(one.address()).isNotEqualTo(two.address());
    }
    var intervals = 1 + Duration.ofNanos(System.nanoTime() - started).toSeconds();

    assertThat(keys)
        .allSatisfy(
            key -> assertThat((long) provider.callsOf(key)).isLessThanOrEqualTo(2 + intervals));
  }

  @Test
  @DisplayName(
      "E6 a plan's key that a provider rejects marks its credential, once; an own key none")
  void marksRejectedKeys() {
    plugin = start(NEVER);
    buy("ann", "sk-plus-ann");
    var used = plugin.resolve("ann");
    putOwnKey("eve");
    var own = plugin.resolve("eve");
    assertThat(own).isInstanceOf(Entitlement.OwnKey.class);

    assertThat(judge(own, 401, "{}")).isEqualTo(UpstreamVerdict.KEY_REJECTED);
    assertThat(judge(used, 429, "{\"base_resp\":{\"status_code\":2056}}"))
        .isEqualTo(UpstreamVerdict.PLAN_EXHAUSTED);
    assertThat(judge(used, 200, "{\"base_resp\":{\"status_code\":0}}"))
        .isEqualTo(UpstreamVerdict.NONE);
    for (int i = 0; i < 1_000; i++) {
      assertThat(judge(used, 200, "{\"base_resp\":{\"status_code\":1004}}"))
          .isEqualTo(UpstreamVerdict.KEY_REJECTED);
    }

    await().atMost(LONG).until(() -> list("?health=rejected").size() == 1);
    assertThat(list("?status=assigned&health=rejected").get(0).get("status").asText())
        .isEqualTo("assigned");
    assertThat(events()).containsExactly("credential.unhealthy");
    assertThat(plugin.resolve("ann")).isEqualTo(used);
  }

  @Test
  @DisplayName("E6 a key that requests cannot use stays rejected until it is proven to work")
  void staysRejected() {
    plugin = start(EVERY_SECOND);
    var key = "sk-plus-ann";
    var id = buy("ann", key);
    provider.treat(key, Manner.GOOD, Manner.REJECTED);
    judge(plugin.resolve("ann"), 401, "{}");
    await().atMost(LONG).until(() -> !events().isEmpty());
    var calls = provider.callsOf(key);

    assertThat(usage("ann", id).status()).isEqualTo(200);
    await().atMost(LONG).until(() -> provider.callsOf(key) >= calls + 7);

    assertThat(list("?health=rejected")).hasSize(1);
    assertThat(events()).containsExactly("credential.unhealthy");
    provider.treat(key, Manner.GOOD);
    await().atMost(LONG).until(() -> list("?health=healthy").size() == 1);
    assertThat(events()).containsExactly("credential.unhealthy", "credential.recovered");
  }

  @Test
  @DisplayName("U1 a reading is shown and kept, although the health cannot be written down")
  void showsWhatCannotBeWritten() {
    plugin = start(NEVER);
    var id = buy("ann", "sk-plus-ann");
    provider.treat("sk-plus-ann", Manner.PLANLESS);
    db.execute("alter table coding_plans.credential add check (health = 'healthy')");
    var calls = provider.callsOf("sk-plus-ann");

    assertThat(usage("ann", id).code()).isEqualTo("subscription_inactive");
    assertThat(usage("ann", id).code()).isEqualTo("subscription_inactive");
    assertThat(provider.callsOf("sk-plus-ann")).isEqualTo(calls + 1);
  }

  @Test
  @DisplayName("E6 a provider without an adapter is judged by the status alone")
  void judgesStrangers() {
    plugin = start(NEVER);
    var used = new Entitlement.OwnKey(Secret.of("sk-somewhere-else"));
    var errors = plugin.registrations().upstreamErrors();
    var body = "{\"base_resp\":{\"status_code\":2056}}".getBytes(UTF_8);
    var stranger = new ProviderId("stranger");

    assertThat(errors.judge(stranger, used, 200, body)).isEqualTo(UpstreamVerdict.NONE);
    assertThat(errors.judge(stranger, used, 403, body)).isEqualTo(UpstreamVerdict.KEY_REJECTED);
    assertThat(errors.judge(stranger, used, 429, body)).isEqualTo(UpstreamVerdict.RATE_LIMITED);
    assertThat(errors.judge(stranger, used, 500, body)).isEqualTo(UpstreamVerdict.OTHER);
  }

  private UpstreamVerdict judge(Entitlement used, int status, String body) {
    return plugin
        .registrations()
        .upstreamErrors()
        .judge(MINIMAX, used, status, body.getBytes(UTF_8));
  }

  private TestPlugin start(String interval) {
    return TestPlugin.on(
        db,
        Map.of("MINIMAX_BASE_URL", provider.url(), "CODING_PLANS_HEALTH_INTERVAL", interval),
        meters);
  }

  private String buy(String user, String key) {
    plugin.stock(PLUS, List.of(key));
    await()
        .until(
            () ->
                !db.texts("select id from coding_plans.credential where status = 'available'")
                    .isEmpty());
    plugin.credit(user, 20);
    var bought = plugin.buy(user, PLUS);
    TestPlugin.require(bought, 201);
    return bought.json().get("id").asText();
  }

  private Answer usage(String user, String id) {
    return plugin.get("/api/subscriptions/" + id + "/usage", "user:" + user);
  }

  private void putOwnKey(String user) {
    var body = "{\"apiKey\": \"sk-own-key-of-" + user + "\", \"enabled\": true}";
    TestPlugin.require(plugin.call("PUT", "/api/byok/minimax", "user:" + user, body), 200);
  }

  private JsonNode list(String query) {
    var answer = plugin.get("/admin/api/inventory/credentials" + query, "admin:root");
    TestPlugin.require(answer, 200);
    return answer.json().get("items");
  }

  /** What happened to credentials that serve somebody. */
  private List<String> events() {
    return db.texts(
        """
        select type from coding_plans.event
         where type in ('credential.unhealthy', 'credential.recovered')
         order by id""");
  }
}
