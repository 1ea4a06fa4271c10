package dev.codingplans.plugin.benchmark;

import static dev.codingplans.plugin.support.Population.PRICE;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the sweep against the floor: the same rows, indexes and triggers, written by one
 * procedure inside PostgreSQL, a thousand subscriptions a transaction. The two take turns on the
 * same subscriptions, for each of which a period goes by in between. BENCHMARKS.md has the method.
 */
final class SweepBenchmark {

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final long NOT_DUE_FOR_A_WHILE = 40_000;

  private final PrintStream out;
  private final int due;
  private final int existing;
  private final int rounds;
  private final TestDatabase db = TestDatabase.fresh();

  private SweepBenchmark(PrintStream out, int due, int existing, int rounds) {
    this.out = out;
    this.due = due;
    this.existing = existing;
    this.rounds = rounds;
  }

  /** Takes how many are due, how many exist, and how often to measure. */
  public static void main(String[] arguments) {
    new SweepBenchmark(
            System.out,
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]))
        .run();
  }

  private void run() {
    // Populated while nobody looks: half of it would not add up.
    TestPlugin.on(db).close();
    db.execute(Floor.PROCEDURE);
    populate();
    try (var plugin = TestPlugin.on(db)) {
      var life = new Life(plugin);
      var ratios = new ArrayList<Double>();
      var first = measureSweep(life);
      out.printf(
          Locale.ROOT,
          "%nfirst sweep: %,d due of %,d, %,.0f rows/s, heap %,d MB%n",
          due,
          existing,
          first,
          usedHeapMegabytes());
      out.printf(
          "%n| due | of | sweep rows/s | floor rows/s | ratio | heap MB |%n|---:|---:|---:|---:|---:|---:|%n");
      for (int round = 0; round < rounds; round++) {
        life.advance(PERIOD);
        var floor = measureFloor();
        life.advance(PERIOD);
        var sweep = measureSweep(life);
        ratios.add(sweep / floor);
        out.printf(
            Locale.ROOT,
            "| %,d | %,d | %,.0f | %,.0f | %.2f | %,d |%n",
            due,
            existing,
            sweep,
            floor,
            sweep / floor,
            usedHeapMegabytes());
      }
      if (!ratios.isEmpty()) {
        out.printf(Locale.ROOT, "%nmedian of the ratios: %.2f%n", median(ratios));
      }
      Reconciled.assertReconciled(plugin);
    }
  }

  private void populate() {
    Population.due(db, "due", due, 1_000 * PRICE, Duration.ofHours(1));
    if (existing > due) {
      Population.due(
          db, "other", existing - due, PRICE, Duration.ofDays(NOT_DUE_FOR_A_WHILE).negated());
    }
    db.execute("analyze");
  }

  private double measureSweep(Life life) {
    var report = life.sweep();
    if (report.get("renewed").asInt() != due) {
      throw new IllegalStateException("not all were renewed: " + report);
    }
    return due * 1_000.0 / report.get("durationMs").asLong();
  }

  private double measureFloor() {
    var started = System.nanoTime();
    db.execute("call coding_plans.floor()");
    return due * 1e9 / (System.nanoTime() - started);
  }

  private static long usedHeapMegabytes() {
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
