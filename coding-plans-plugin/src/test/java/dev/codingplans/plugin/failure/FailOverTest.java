package dev.codingplans.plugin.failure;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.plugin.support.PostgresServer;
import dev.codingplans.plugin.support.Relay;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rows of FAILURES.md in which one database server takes the place of another. */
@Timeout(180)
class FailOverTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BUYERS = 60;
  private static final int BUYERS_AT_ONCE = 6;
  private static final int BEFORE_THE_KILL = 15;

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "P1, P7, E4 fail-over to a synchronous standby: no acknowledged purchase is lost, none charged twice")
  void killDuringPurchaseStorm() throws Exception {
    try (var primary = PostgresServer.in(folder.resolve("primary"));
        var standby = primary.standbyIn(folder.resolve("standby"));
        var node =
            TestPlugin.on(
                primary.database(), Map.of("DATABASE_URL", url(primary, standby)), List.of())) {
      var buyers = IntStream.range(0, BUYERS).mapToObj(n -> "buyer-" + n).toList();
      node.stock(PLUS, BUYERS);
      buyers.forEach(buyer -> node.credit(buyer, 40));
      var acknowledged = new ConcurrentHashMap<String, String>();
      var enough = new CountDownLatch(BEFORE_THE_KILL);

      try (var threads = Executors.newFixedThreadPool(BUYERS_AT_ONCE)) {
        for (var buyer : buyers) {
          threads.execute(
              () -> {
                acknowledged.put(buyer, buyUntilAnswered(node, buyer));
                enough.countDown();
              });
        }
        assertThat(enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        primary.kill();
        standby.promote();
      }

      var db = standby.database();
      assertThat(acknowledged).hasSize(BUYERS);
      assertThat(db.texts("select user_id || ' ' || id from coding_plans.subscription"))
          .containsExactlyInAnyOrderElementsOf(
              acknowledged.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
      for (var buyer : buyers) {
        assertThat(buyUntilAnswered(node, buyer)).isEqualTo(acknowledged.get(buyer));
      }
      assertThat(
              db.text("select count(*) from coding_plans.ledger_entry where kind = 'activation'"))
          .isEqualTo(String.valueOf(BUYERS));
      assertReconciled(node);
      assertThat(buyers)
          .allSatisfy(buyer -> assertThat(node.resolve(buyer)).isInstanceOf(PlanKey.class));
      db.execute("delete from coding_plans.byok_key where user_id = 'buyer-7'");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(node.resolve("buyer-7")).isInstanceOf(Denied.class));
    }
  }

  @Test
  @DisplayName("E4 database restored from a backup: everything that is cached is dropped")
  void restored() throws Exception {
    try (var first = PostgresServer.in(folder.resolve("first"));
        var restored = first.copyTo(folder.resolve("restored"));
        var wire = Relay.to(first.port());
        var node = nodeOver(wire, first.database());
        // The backup has the tables, and none of what is written from now on.
        var elsewhere = TestPlugin.on(restored.database())) {
      putKey(node, "bob");
      putKey(elsewhere, "ann");
      assertThat(node.resolve("bob")).isInstanceOf(OwnKey.class);
      assertThat(node.resolve("ann")).isInstanceOf(Denied.class);

      wire.leadTo(restored.port());

      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(node.resolve("bob")).isInstanceOf(Denied.class));
      assertThat(node.resolve("ann")).isInstanceOf(OwnKey.class);
    }
  }

  private static TestPlugin nodeOver(Relay wire, TestDatabase database) {
    // So long that only the feed can tell.
    var settings =
        Map.of(
            "DATABASE_URL", database.urlOver(wire.port()),
            "CODING_PLANS_MAX_STALENESS", "PT1H",
            "CODING_PLANS_MAX_OUTAGE", "PT1H");
    return TestPlugin.on(database, settings, List.of());
  }

  private static String url(PostgresServer primary, PostgresServer standby) {
    return "jdbc:postgresql://localhost:%d,localhost:%d/postgres?user=postgres&targetServerType=primary"
        .formatted(primary.port(), standby.port());
  }

  /** With the same key until there is an answer, as a client does. */
  private static String buyUntilAnswered(TestPlugin node, String buyer) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        var answer = node.buy(buyer, PLUS, "key-of-" + buyer);
        if (answer.status() != 503) {
          assertThat(answer.status()).as(answer.body()).isIn(200, 201);
          return answer.json().get("id").asText();
        }
      } catch (UncheckedIOException e) {
        // Not answered.
      }
    }
    throw new AssertionError("no answer in time");
  }

  private static void putKey(TestPlugin node, String user) {
    TestPlugin.require(
        node.call(
            "PUT",
            "/api/byok/minimax",
            "user:" + user,
            "{\"apiKey\": \"sk-key-of-%s\", \"enabled\": true}".formatted(user)),
        200);
  }
}
