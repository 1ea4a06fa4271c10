package dev.codingplans.plugin.window;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Manner;
import dev.codingplans.plugin.support.ProviderFake;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaWindowsTest {

  private static ProviderFake provider;
  private static TestPlugin plugin;
  private static Life life;

  @BeforeAll
  static void start() {
    provider = new ProviderFake();
    plugin =
        TestPlugin.on(TestDatabase.fresh(), Map.of("MINIMAX_BASE_URL", provider.url()), List.of());
    life = new Life(plugin);
  }

  @AfterAll
  static void stop() {
    plugin.close();
    provider.close();
  }

  @Test
  @DisplayName("U1 the owner sees the provider's windows, read once a minute")
  void showsWindows() {
    var id = subscribe("ann");
    var before = Instant.now().minusSeconds(60);
    var calls = provider.callsOf(key("ann"));

    var first = usage("ann", id);
    var second = usage("ann", id);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().get("windows"))
        .hasToString(
            """
            [{"id":"short_term","remainingPercent":80,"resetsAt":"2026-01-12T00:00:00Z",\
            "startsAt":"2026-01-05T00:00:00Z","period":{"unit":"hour","value":5}},\
            {"id":"weekly","remainingPercent":80,"resetsAt":"2026-01-12T00:00:00Z",\
            "startsAt":"2026-01-05T00:00:00Z","period":{"unit":"week","value":1}}]""");
    assertThat(Instant.parse(first.json().get("fetchedAt").asText())).isAfter(before);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(provider.callsOf(key("ann"))).isEqualTo(calls + 1);
  }

  @Test
  @DisplayName("U1 whoever asks meanwhile shares the request")
  void sharesCalls() {
    var id = subscribe("many");
    var calls = provider.callsOf(key("many"));
    provider.latency(Duration.ofMillis(300));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<CompletableFuture<Answer>>();
      for (int i = 0; i < 20; i++) {
        asked.add(CompletableFuture.supplyAsync(() -> usage("many", id), threads));
      }
      assertThat(asked).allMatch(answer -> answer.join().status() == 200);
    } finally {
      provider.latency(Duration.ZERO);
    }

    assertThat(provider.callsOf(key("many"))).isEqualTo(calls + 1);
  }

  @Test
  @DisplayName("U1 the windows are those of the plan, whatever became of the user's key")
  void ignoresByok() {
    var id = subscribe("own");
    plugin.database().execute("delete from coding_plans.byok_key where user_id = ?", "own");

    assertThat(usage("own", id).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("U1 nobody but the owner of a live subscription asks")
  void refusesOthers() {
    var id = subscribe("mine");
    var calls = provider.callsOf(key("mine"));

    assertThat(usage("eve", id).code()).isEqualTo("not_found");
    assertThat(plugin.get("/api/subscriptions/" + id + "/usage", "").status()).isEqualTo(401);
    life.asAdmin(id, "terminate", "");
    var ended = usage("mine", id);

    assertThat(ended.status()).isEqualTo(409);
    assertThat(ended.code()).isEqualTo("invalid_state");
    assertThat(provider.callsOf(key("mine"))).isEqualTo(calls);
  }

  @ParameterizedTest(name = "{0} -> {1} {2}")
  @DisplayName(
      "U2, U3 a failure has a code of ours, holds nothing of theirs, and stops nothing else")
  @CsvSource({
    "PLANLESS, 409, subscription_inactive",
    "REJECTED, 502, provider_rejected_key",
    "DEAD, 502, upstream_unavailable",
    "LIMITED, 502, upstream_unavailable",
    "ECHOING, 502, upstream_unavailable",
    "SLOW, 504, upstream_timeout"
  })
  void fails(Manner manner, int status, String code) {
    var user = "fails-" + manner;
    var id = subscribe(user);
    provider.treat(key(user), manner);

    var answer = usage(user, id);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body()).doesNotContain(key(user));
    assertThat(plugin.get("/api/subscriptions", "user:" + user).json().get("items")).hasSize(1);
    assertThat(plugin.get("/api/subscriptions/" + id, "user:" + user).status()).isEqualTo(200);
  }

  private static Answer usage(String user, String id) {
    return plugin.get("/api/subscriptions/" + id + "/usage", "user:" + user);
  }

  private static String subscribe(String user) {
    plugin.stock(PLUS, List.of(key(user)));
    await()
        .until(
            () ->
                !plugin
                    .database()
                    .texts("select id from coding_plans.credential where status = 'available'")
                    .isEmpty());
    plugin.credit(user, 20);
    var bought = plugin.buy(user, PLUS);
    TestPlugin.require(bought, 201);
    return bought.json().get("id").asText();
  }

  private static String key(String user) {
    return "sk-key-of-" + user;
  }
}
