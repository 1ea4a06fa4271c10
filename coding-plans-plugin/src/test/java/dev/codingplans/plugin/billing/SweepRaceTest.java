package dev.codingplans.plugin.billing;

import static dev.codingplans.plugin.support.Life.assertSwept;
import static dev.codingplans.plugin.support.Population.PRICE;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SweepRaceTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final TestDatabase db = TestDatabase.fresh();

  @Test
  @DisplayName("R2, R4 three nodes sweep 10,000 at once: each is renewed once, and none is missed")
  void threeNodes() {
    var nodes = Stream.generate(() -> TestPlugin.on(db)).limit(3).toList();
    try {
      var due = Population.due(db, "due", 10_000, 3 * PRICE, HOUR);

      var reports = sweepAtOnce(nodes);

      assertThat(due.count("renewal_at > coding_plans.product_now()")).isEqualTo(10_000);
      assertThat(due.count("balance_microdollars = " + 2 * PRICE)).isEqualTo(10_000);
      assertThat(reports.stream().mapToLong(report -> report.get("renewed").asLong()).sum())
          .isEqualTo(10_000);
      assertThat(reports).allSatisfy(report -> assertThat(report.get("errors").asLong()).isZero());
      assertReconciled(nodes.getFirst());
    } finally {
      nodes.forEach(TestPlugin::close);
    }
  }

  @Test
  @DisplayName("R4 a thousand that wait in grace and fifty that fail keep none from its renewal")
  void poison() {
    try (var node = TestPlugin.on(db)) {
      var life = new Life(node);
      var waiting = Population.due(db, "waiting", 1_000, PRICE - 1, HOUR.multipliedBy(3));
      waiting.inGraceFor(HOUR);
      var poisoned = Population.due(db, "poisoned", 50, 3 * PRICE, HOUR.multipliedBy(2));
      poisoned.poison();
      var due = Population.due(db, "due", 3_000, 3 * PRICE, HOUR);

      assertSwept(life.sweep(), "renewed=3000 waiting=1000 errors=50");
      assertSwept(life.sweep(), "waiting=1000");

      assertThat(due.count("renewal_at > coding_plans.product_now()")).isEqualTo(3_000);
      assertThat(poisoned.count("balance_microdollars = " + 3 * PRICE)).isEqualTo(50);
      assertThat(
              db.texts(
                  "select distinct reason || '|' || attempts from coding_plans.billing_failure"))
          .containsExactly("SQL state 23505|1");
      assertReconciled(node);

      db.execute("update coding_plans.billing_failure set retry_at = clock_timestamp()");
      assertSwept(life.sweep(), "waiting=1000 errors=50");
      assertThat(
              db.text(
                  """
                  select bool_and(attempts = 2 and retry_at between failed_at + interval '119 seconds'
                                                                and failed_at + interval '121 seconds')
                    from coding_plans.billing_failure"""))
          .isEqualTo("t");
    }
  }

  @Test
  @DisplayName("R2, R4 a node that stops in the middle of a sweep leaves the rest to the next one")
  void stopsInTheMiddle() throws Exception {
    CompletableFuture<Void> sweep;
    Population due;
    try (var stopping = TestPlugin.on(db)) {
      due = Population.due(db, "due", 20_000, 3 * PRICE, HOUR);
      var started = due;
      sweep =
          CompletableFuture.runAsync(
              () -> stopping.call("POST", "/admin/api/billing/sweep", "admin:root", ""));
      await().until(() -> renewed(started) > 0);
    }
    sweep.exceptionally(cutOff -> null).get();
    assertThat(renewed(due)).isLessThan(20_000);

    try (var next = TestPlugin.on(db)) {
      new Life(next).sweep();

      assertThat(renewed(due)).isEqualTo(20_000);
      assertThat(due.count("balance_microdollars = " + 2 * PRICE)).isEqualTo(20_000);
      assertReconciled(next);
    }
  }

  private static int renewed(Population due) {
    return due.count("renewal_at > coding_plans.product_now()");
  }

  private static List<JsonNode> sweepAtOnce(List<TestPlugin> nodes) {
    try (var threads = Executors.newFixedThreadPool(nodes.size())) {
      var sweeps =
          IntStream.range(0, nodes.size())
              .mapToObj(i -> CompletableFuture.supplyAsync(new Life(nodes.get(i))::sweep, threads))
              .toList();
      return sweeps.stream().map(CompletableFuture::join).toList();
    }
  }
}
