package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.credential.ClaimTest.statement;
import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;

import dev.codingplans.plugin.support.ProviderFake;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.UploadCalls;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures how fast uploads are proven against how fast their provider answers, and how long a
 * claim takes with little and with much in stock. BENCHMARKS.md has the method.
 */
final class StockBenchmark {

  private static final int AT_ONCE = 10;
  private static final int CALLS_A_LINE = 2;
  private static final int CLAIMS = 2_000;
  private static final int PURCHASES = 300;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final PrintStream out;

  private StockBenchmark(PrintStream out) {
    this.out = out;
  }

  /** Takes how many lines to upload, the latencies in milliseconds, and how much is much. */
  public static void main(String[] arguments) throws SQLException {
    var benchmark = new StockBenchmark(System.out);
    benchmark.measureUploads(
        Integer.parseInt(arguments[0]),
        Stream.of(arguments[1].split(",")).map(Long::parseLong).map(Duration::ofMillis).toList());
    benchmark.measureClaims(Integer.parseInt(arguments[2]));
  }

  private void measureUploads(int lines, List<Duration> latencies) {
    out.printf(
        "%n| lines | latency ms | taken after ms | done after s | lines/s | most possible | of it | looks | calls at once |%n"
            + "|---:|---:|---:|---:|---:|---:|---:|---:|---:|%n");
    for (var latency : latencies) {
      // The first warms up.
      for (int round = 0; round < 2; round++) {
        measureUpload(lines, latency, round > 0);
      }
    }
  }

  private void measureUpload(int lines, Duration latency, boolean isShown) {
    try (var provider = new ProviderFake();
        var plugin =
            TestPlugin.on(
                TestDatabase.fresh(), Map.of("MINIMAX_BASE_URL", provider.url()), List.of())) {
      var uploads = new UploadCalls(plugin);
      if (isShown) {
        provider.latency(latency);
      }
      var entries = UploadCalls.lines(lines);
      var started = System.nanoTime();
      var taken = uploads.start(PLUS, "all_or_nothing", false, entries);
      var takenMillis = (System.nanoTime() - started) / 1e6;
      var looks = 0;
      var progress = uploads.progress(taken);
      while (progress.get("state").asText().equals("running")) {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        progress = uploads.progress(taken);
        looks++;
      }
      var seconds = (System.nanoTime() - started) / 1e9;
      if (progress.get("stored").asInt() != lines) {
        throw new IllegalStateException("not all were stored");
      }
      if (isShown) {
        var possible = AT_ONCE * 1e9 / (CALLS_A_LINE * Math.max(1, latency.toNanos()));
        out.printf(
            Locale.ROOT,
            "| %,d | %d | %.0f | %.1f | %.1f | %s | %s | %d | %d |%n",
            lines,
            latency.toMillis(),
            takenMillis,
            seconds,
            lines / seconds,
            latency.isZero() ? "-" : String.format(Locale.ROOT, "%.1f", possible),
            latency.isZero() ? "-" : String.format(Locale.ROOT, "%.2f", lines / seconds / possible),
            looks,
            provider.peak());
      }
    }
  }

  /** Of two plans in one table: one has a single credential in stock, the other many. */
  private void measureClaims(int many) throws SQLException {
    var db = TestDatabase.fresh();
    try (var plugin = TestPlugin.on(db)) {
      plugin.credit("claimer", 1);
      // The single one came last.
      addStock(db, MAX, many);
      addStock(db, PLUS, 1);
      db.execute("analyze");
      out.printf("%n| what | in stock | median ms | p99 ms |%n|---|---:|---:|---:|%n");
      claim(db, PLUS, CLAIMS);
      show("claim", 1, claim(db, PLUS, CLAIMS));
      show("claim", many, claim(db, MAX, CLAIMS));
      var few = new ArrayList<Double>();
      var lots = new ArrayList<Double>();
      for (int i = 0; i < PURCHASES; i++) {
        few.add(purchase(plugin, "few-" + i, PLUS));
        addStock(db, PLUS, 1);
        lots.add(purchase(plugin, "lots-" + i, MAX));
        addStock(db, MAX, 1);
      }
      show("purchase", 1, few);
      show("purchase", many, lots);
      Reconciled.assertReconciled(plugin);
    }
  }

  private void show(String what, int inStock, List<Double> millis) {
    var sorted = millis.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %.2f | %.2f |%n",
        what,
        inStock,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100));
  }

  /** Claims and lets go again, by the very statement of a purchase. */
  private static List<Double> claim(TestDatabase db, String plan, int times) throws SQLException {
    var millis = new ArrayList<Double>();
    try (var connection = db.connect();
        var statement = connection.prepareStatement(statement("claim"))) {
      connection.setAutoCommit(false);
      for (int i = 0; i < times; i++) {
        millis.add(claimOnce(connection, statement, plan));
      }
    }
    return millis;
  }

  private static double claimOnce(Connection connection, PreparedStatement statement, String plan)
      throws SQLException {
    statement.setString(1, "claimer");
    statement.setObject(2, OffsetDateTime.parse("2026-01-01T00:00:00Z"));
    statement.setString(3, plan);
    statement.setString(4, "minimax");
    statement.setString(5, plan);
    statement.setString(6, "minimax");
    var started = System.nanoTime();
    if (!statement.executeQuery().next()) {
      throw new IllegalStateException("nothing in stock");
    }
    var took = (System.nanoTime() - started) / 1e6;
    connection.rollback();
    return took;
  }

  private static double purchase(TestPlugin plugin, String user, String plan) {
    plugin.credit(user, 50);
    var started = System.nanoTime();
    var bought = plugin.buy(user, plan);
    var took = (System.nanoTime() - started) / 1e6;
    TestPlugin.require(bought, 201);
    return took;
  }

  private static void addStock(TestDatabase db, String plan, int count) {
    db.execute(
        """
        insert into coding_plans.credential
               (id, provider_id, plan_id, upstream_plan_id, fingerprint, ciphertext, status, verified_at, created_at)
        select id, 'minimax', ?, 'upstream', decode(replace(id::text, '-', ''), 'hex'), '\\x00', 'available', now(), now()
          from (select gen_random_uuid() as id from generate_series(1, ?)) fresh""",
        plan,
        count);
  }
}
