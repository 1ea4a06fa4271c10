package dev.codingplans.plugin.http;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.plugin.support.RecordedMeters;
import dev.codingplans.plugin.support.Relay;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("HTTP with a database that does not answer")
class StalledDatabaseTest {

  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final int CALLS = 30;

  private final TestDatabase db = TestDatabase.fresh();
  private final Relay relay = Relay.to(URI.create(db.url().substring("jdbc:".length())).getPort());
  private final RecordedMeters meters = new RecordedMeters();
  private final TestPlugin plugin =
      TestPlugin.on(
          db,
          Map.of("DATABASE_URL", db.url().replaceFirst(":\\d+/", ":" + relay.port() + "/")),
          meters);

  @AfterEach
  void close() throws Exception {
    relay.resume();
    plugin.close();
    relay.close();
  }

  @Test
  @DisplayName(
      "E4 every call is answered within 5 s, cached keys serve on, and all is well soon after")
  void stalled() {
    plugin.credit("ann", 20);
    plugin.stock(PLUS, 1);
    putKey("bob", "sk-key-of-bob");
    assertThat(plugin.resolve("bob")).isInstanceOf(OwnKey.class);

    relay.stall();
    allAtOnce(
        Stream.of(
            () -> plugin.get("/api/plans", "user:ann"),
            () -> plugin.get("/api/credits", "user:ann"),
            () -> plugin.buy("ann", PLUS, "bought-while-stalled"),
            () -> putKey("eve", "sk-key-of-eve"),
            () -> plugin.get("/admin/api/inventory", "admin:root")));
    // No connection is left by now.
    allAtOnce(Stream.of(() -> plugin.get("/api/plans", "user:ann")));
    assertWithinBound(
        () -> assertThatThrownBy(() -> plugin.resolve("nobody")).hasMessageContaining("loaded"));
    assertThat(plugin.resolve("bob")).isInstanceOf(OwnKey.class);

    assertShown(0);

    relay.resume();
    within(() -> assertThat(plugin.get("/api/plans", "user:ann").status()).isEqualTo(200));
    within(() -> assertThat(plugin.resolve("somebody")).isInstanceOf(Denied.class));
    assertThat(plugin.buy("ann", PLUS, "bought-while-stalled").status()).isIn(200, 201);
    db.execute("update coding_plans.byok_key set enabled = false where user_id = 'bob'");
    within(() -> assertThat(plugin.resolve("bob")).isInstanceOf(Denied.class));
    assertShown(1);
  }

  private void assertShown(double up) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(meters.value("database.up")).isEqualTo(up));
  }

  private Answer putKey(String user, String key) {
    return plugin.call(
        "PUT",
        "/api/byok/minimax",
        "user:" + user,
        "{\"apiKey\": \"%s\", \"enabled\": true}".formatted(key));
  }

  private static void allAtOnce(Stream<Supplier<Answer>> calls) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      calls
          .flatMap(call -> IntStream.range(0, CALLS).mapToObj(i -> call))
          .map(call -> CompletableFuture.runAsync(() -> requireUnavailable(call), threads))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }

  private static void requireUnavailable(Supplier<Answer> call) {
    assertWithinBound(
        () -> {
          var answer = call.get();
          assertThat(answer.status()).as(answer.body()).isEqualTo(503);
          assertThat(answer.code()).isEqualTo("unavailable");
          assertThat(answer.header("retry-after")).matches("[1-9]\\d*");
        });
  }

  private static void assertWithinBound(Runnable check) {
    var before = System.nanoTime();
    check.run();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);
  }

  private static void within(org.awaitility.core.ThrowingRunnable assertion) {
    await().atMost(BOUND).ignoreExceptions().untilAsserted(assertion);
  }
}
