package dev.codingplans.plugin.usage;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.UsageRecord;
import dev.codingplans.gateway.spi.usage.UsageRecord.Kind;
import dev.codingplans.gateway.spi.usage.UsageSink;
import dev.codingplans.gateway.spi.usage.UsageSink.Receipt;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.Usage;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UsageSinkTest {

  private static final long PATIENCE_SECONDS = 60;

  private final TestDatabase db = TestDatabase.fresh();

  @Test
  @DisplayName("D4 a receipt says what became of a record, and comes once it is stored")
  void receipts() throws Exception {
    try (var plugin = TestPlugin.on(db)) {
      var sink = plugin.registrations().usage().orElseThrow();

      assertThat(receipt(sink, usage(plugin, "once", "llm"))).isEqualTo(Receipt.ACCEPTED);
      assertThat(db.texts("select event_id from coding_plans.usage_inbox")).containsExactly("once");
      assertThat(receipt(sink, usage(plugin, "once", "llm"))).isEqualTo(Receipt.DUPLICATE);
      assertThat(receipt(sink, usage(plugin, "odd", "parking"))).isEqualTo(Receipt.QUARANTINED);
    }
  }

  @Test
  @DisplayName("M4 while the database is away records wait, no more than there is room for")
  void waitsForTheDatabase() throws Exception {
    try (var plugin = TestPlugin.on(db)) {
      var sink = plugin.registrations().usage().orElseThrow();
      var now = new Usage(plugin).now();
      var usages =
          IntStream.range(0, GroupCommit.MAX_WAITING + 2_000).mapToObj(i -> usage(i, now)).toList();
      elsewhere("alter database %s allow_connections false");
      elsewhere("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'");

      var receipts =
          usages.stream().map(usage -> sink.accept(usage).toCompletableFuture()).toList();
      var refused = receipts.stream().filter(CompletableFuture::isCompletedExceptionally).count();
      assertThat(refused).isBetween(1L, 2_000L);

      elsewhere("alter database %s allow_connections true");
      for (var receipt : receipts) {
        if (!receipt.isCompletedExceptionally()) {
          receipt.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
      }
      assertThat(db.text("select count(*) from coding_plans.usage_inbox"))
          .isEqualTo(String.valueOf(receipts.size() - refused));
      new Usage(plugin).apply();
      assertReconciled(plugin);
    }
  }

  @Test
  @DisplayName("M4 whoever is acknowledged when the plugin stops is stored, all others are refused")
  void stops() {
    var plugin = TestPlugin.on(db);
    var sink = plugin.registrations().usage().orElseThrow();
    var now = new Usage(plugin).now();
    var receipts =
        IntStream.range(0, 5_000)
            .mapToObj(i -> sink.accept(usage(i, now)).toCompletableFuture())
            .toList();
    plugin.close();

    assertThat(receipts).allMatch(CompletableFuture::isDone);
    assertThat(Long.parseLong(db.text("select count(*) from coding_plans.usage_inbox")))
        .isGreaterThanOrEqualTo(
            receipts.stream().filter(receipt -> !receipt.isCompletedExceptionally()).count());
    assertThatThrownBy(() -> sink.accept(usage(-1, now)).toCompletableFuture().join())
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  @DisplayName(
      "D4 neither what a host does with a receipt nor what breaks a record ends the intake")
  void goesOn() throws Exception {
    try (var plugin = TestPlugin.on(db)) {
      var sink = plugin.registrations().usage().orElseThrow();
      var now = new Usage(plugin).now();
      var begun = new CountDownLatch(1);
      var over = new CountDownLatch(1);
      // On a thread of its own: if the receipt is there already, this one takes it.
      Thread.startVirtualThread(
          () ->
              sink.accept(usage(1, now))
                  .thenRun(
                      () -> {
                        begun.countDown();
                        await(over);
                      }));
      await(begun);

      var broken = sink.accept(broken(now)).toCompletableFuture();
      assertThatThrownBy(() -> broken.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StackOverflowError.class);
      assertThat(receipt(sink, usage(2, now))).isEqualTo(Receipt.ACCEPTED);

      over.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static UsageRecord broken(Instant at) {
    var amount =
        new BigDecimal("1") {
          @Override
          public int scale() {
            throw new StackOverflowError();
          }
        };
    return new UsageRecord(
        "broken", new UserId("ann"), "llm", Kind.LLM_TOKEN, amount, 1, at, false);
  }

  private static Receipt receipt(UsageSink sink, UsageRecord usage) throws Exception {
    return sink.accept(usage).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static UsageRecord usage(TestPlugin plugin, String eventId, String category) {
    return usage(eventId, category, new Usage(plugin).now());
  }

  private static UsageRecord usage(int number, Instant now) {
    return usage("event-" + number, "llm", now);
  }

  private static UsageRecord usage(String eventId, String category, Instant at) {
    return new UsageRecord(
        eventId, new UserId("ann"), category, Kind.LLM_TOKEN, BigDecimal.ONE, 1_000, at, false);
  }

  /** Executes a statement from another database of the same server. */
  private void elsewhere(String sql) throws SQLException {
    var name = db.url().replaceFirst(".*/(\\w+)\\?.*", "$1");
    try (var connection =
            DriverManager.getConnection(db.url().replace("/" + name + "?", "/postgres?"));
        var statement = connection.createStatement()) {
      statement.execute(sql.formatted(name));
    }
  }
}
