package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.sample.proxy.FakeProvider;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("API keys on several gateways with one database")
class ApiKeysOnNodesTest {

  private static final String OWN_SECRET = "0d7c1f63f9be4f08a1f9e2d6b7c38a54e9d0";

  @TempDir private Path folder;
  private final FakeProvider provider = new FakeProvider();

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  @DisplayName("are good on all that start at once, and revoked on all within a second")
  void areRevokedEverywhere() {
    var settings = settings(TestDatabase.fresh().url());
    var starting = CompletableFuture.supplyAsync(() -> Given.gateway(false, settings));
    try (var first = Given.gateway(false, settings);
        var second = starting.join()) {
      provider.answers(200, "application/json", "{\"choices\":[]}");
      var here = user(first);
      var there = user(second);
      var key = here.made();
      var secret = key.get("secret").asText();
      assertThat(there.chat(secret).statusCode()).isEqualTo(200);
      assertThat(here.chat(secret).statusCode()).isEqualTo(200);

      here.revoke(key.get("id").asText());

      var revokedAt = System.nanoTime();
      assertThat(here.chat(secret).statusCode()).isEqualTo(401);
      var inTime = Duration.ofSeconds(1).toNanos();
      long startedAt;
      int status;
      do {
        startedAt = System.nanoTime();
        status = there.chat(secret).statusCode();
      } while (status == 200 && startedAt - revokedAt < inTime);
      assertThat(status).isEqualTo(401);
    }
  }

  @Test
  @DisplayName(
      "that are revoked elsewhere are refused a second later, also if nobody used them meanwhile")
  void areRevokedWhileIdle() {
    var settings = settings(TestDatabase.fresh().url());
    try (var first = Given.gateway(false, settings);
        var second = Given.gateway(false, settings)) {
      provider.answers(200, "application/json", "{\"choices\":[]}");
      var key = user(first).made();
      var secret = key.get("secret").asText();
      assertThat(user(second).chat(secret).statusCode()).isEqualTo(200);

      user(first).revoke(key.get("id").asText());

      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      assertThat(user(second).chat(secret).statusCode()).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("E7 pseudonyms and keys outlive a restart and a change of JWT_SECRET")
  void secretIsKept() throws Exception {
    var database = TestDatabase.fresh();
    var settings = settings(database.url());
    provider.answers(200, "application/json", "{\"choices\":[]}");
    String secret;
    String pseudonym;
    try (var gateway = Given.gateway(false, settings)) {
      secret = user(gateway).made().get("secret").asText();
      pseudonym = pseudonymSentBy(gateway, secret);
    }
    assertThat(database.texts("select last_used_at from gateway.api_key")).doesNotContainNull();
    settings.remove("jwt.secret");
    settings.put("jwt.jwks-url", "http://127.0.0.1:9/keys");
    try (var gateway = Given.gateway(false, settings)) {
      assertThat(pseudonymSentBy(gateway, secret)).isEqualTo(pseudonym);
      assertThat(user(gateway).list("").statusCode()).isEqualTo(503);
    }
  }

  @Test
  @DisplayName("stay good if the host's secret moves into GATEWAY_SECRET, and no other is taken")
  void secretMoves() {
    var database = TestDatabase.fresh();
    var settings = settings(database.url());
    provider.answers(200, "application/json", "{\"choices\":[]}");
    String secret;
    try (var gateway = Given.gateway(false, settings)) {
      secret = user(gateway).made().get("secret").asText();
    }
    settings.put("gateway.secret", OWN_SECRET);
    assertThat(refusal(settings)).startsWith("GATEWAY_SECRET: the API keys").doesNotContain("0d7c");

    settings.put("gateway.secret", database.texts("select secret from gateway.host_secret").get(0));
    database.execute("update gateway.host_secret set secret = null");
    try (var gateway = Given.gateway(false, settings)) {
      assertThat(user(gateway).chat(secret).statusCode()).isEqualTo(200);
    }
    settings.remove("gateway.secret");
    assertThat(refusal(settings)).startsWith("GATEWAY_SECRET is required");
    settings.put("gateway.secret", "short");
    assertThat(refusal(settings)).startsWith("GATEWAY_SECRET must have 32 bytes");
  }

  @Test
  @DisplayName("serve on while the database is silent; what is not known is answered in time")
  void outliveAnOutage() throws Exception {
    var database = TestDatabase.fresh();
    try (var wire = Relay.to(database.port());
        var gateway = Given.gateway(false, settings(database.urlOver(wire.port())))) {
      provider.answers(200, "application/json", "{\"choices\":[]}");
      var ann = user(gateway);
      var secret = ann.made().get("secret").asText();
      var key = ann.made();
      var unused = key.get("secret").asText();
      assertThat(ann.chat(secret).statusCode()).isEqualTo(200);

      wire.stall();
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

      for (int i = 0; i < 3; i++) {
        assertThat(inTime(() -> ann.chat(secret)).statusCode()).isEqualTo(200);
      }
      var unknown = inTime(() -> ann.chat(unused));
      assertThat(unknown.statusCode()).isEqualTo(503);
      assertThat(unknown.headers().firstValue("retry-after")).isPresent();
      assertThat(unknown.body()).contains("\"unavailable\"");
      for (var refused :
          List.of(
              inTime(() -> ann.make("{}")),
              inTime(() -> ann.list("")),
              inTime(() -> ann.revoke(key.get("id").asText())))) {
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().allValues("retry-after")).hasSize(1);
        assertThat(refused.body()).contains("\"code\":\"unavailable\"").doesNotContain("SQL");
      }
      assertThat(new Client(gateway.address()).get("/health").statusCode()).isEqualTo(200);

      wire.resume();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ann.revoke(key.get("id").asText()).statusCode() != 503);
      assertThat(ann.chat(unused).statusCode()).isEqualTo(401);
      assertThat(ann.chat(secret).statusCode()).isEqualTo(200);
    }
  }

  /** The contract's five seconds, and as much again for a machine that is busy. */
  private static HttpResponse<String> inTime(Supplier<HttpResponse<String>> call) {
    return assertTimeout(Duration.ofSeconds(10), call::get);
  }

  private Map<String, Object> settings(String database) {
    var settings = Given.settings(folder);
    settings.put("database.url", database);
    settings.put("minimax.base-url", provider.address().toString());
    settings.put("minimax.platform-key", "sk-of-the-host");
    return settings;
  }

  private String pseudonymSentBy(SampleGateway gateway, String secret) throws Exception {
    var answer =
        new Client(gateway.address())
            .send(
                "POST",
                "/v1/chat/completions",
                "{\"model\":\"minimax/M\",\"user\":\"ann\",\"messages\":[]}",
                "authorization",
                "Bearer " + secret,
                "content-type",
                "application/json");
    assertThat(answer.statusCode()).isEqualTo(200);
    var sent = provider.takeRequest().raw();
    assertThat(sent).doesNotContain(secret, "cpk_", "\"ann\"");
    return sent.replaceFirst("(?s).*\"user\":\"([0-9a-f]{64})\".*", "$1");
  }

  private static KeyCalls user(SampleGateway gateway) {
    return new KeyCalls(new Client(gateway.address()), Given.token("ann", Role.USER, Map.of()));
  }

  private static String refusal(Map<String, Object> settings) {
    var failure =
        catchThrowableOfType(StartFailure.class, () -> Given.gateway(false, settings).close());
    assertThat(failure.reasons()).hasSize(1);
    return failure.reasons().getFirst();
  }
}
