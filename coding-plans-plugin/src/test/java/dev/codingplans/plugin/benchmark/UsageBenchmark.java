package dev.codingplans.plugin.benchmark;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.UsageRecord;
import dev.codingplans.gateway.spi.usage.UsageRecord.Kind;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.Usage;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Measures how many records a second are accepted, and how many are accepted and charged, against a
 * COPY of the same rows. BENCHMARKS.md has the method.
 */
final class UsageBenchmark {

  /** As many wait for their receipt at once. */
  private static final int IN_FLIGHT = 5_000;

  private final PrintStream out;
  private final int records;
  private final int users;
  private final int rounds;
  private final TestDatabase db = TestDatabase.fresh();

  private UsageBenchmark(PrintStream out, int records, int users, int rounds) {
    this.out = out;
    this.records = records;
    this.users = users;
    this.rounds = rounds;
  }

  /** Takes how many records, of how many users, and how often to measure. */
  public static void main(String[] arguments) throws InterruptedException {
    new UsageBenchmark(
            System.out,
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]))
        .run();
  }

  private void run() throws InterruptedException {
    var floor = new UsageFloor(records, users);
    try (var plugin = TestPlugin.on(db)) {
      IntStream.range(0, users).forEach(user -> plugin.credit("user-" + user, 1_000));
      out.printf(
          "%n| records | users | accepted/s | COPY/s | ratio | accepted and charged/s | COPY/s | ratio |%n|---:|---:|---:|---:|---:|---:|---:|---:|%n");
      var accepts = new ArrayList<Double>();
      var charges = new ArrayList<Double>();
      for (int round = 0; round < rounds; round++) {
        var acceptFloor = floor.accept(round);
        var usages = usages(round, new Usage(plugin).now());
        var started = System.nanoTime();
        accept(plugin, usages);
        var accepted = records * 1e9 / (System.nanoTime() - started);
        if (new Usage(plugin).apply().get("applied").asInt() != records) {
          throw new IllegalStateException("not all were charged");
        }
        var charged = records * 1e9 / (System.nanoTime() - started);
        var chargeFloor = floor.charge(round);
        accepts.add(accepted / acceptFloor);
        charges.add(charged / chargeFloor);
        out.printf(
            Locale.ROOT,
            "| %,d | %,d | %,.0f | %,.0f | %.2f | %,.0f | %,.0f | %.2f |%n",
            records,
            users,
            accepted,
            acceptFloor,
            accepted / acceptFloor,
            charged,
            chargeFloor,
            charged / chargeFloor);
      }
      out.printf(
          Locale.ROOT,
          "%nmedian of the ratios: accepted %.2f, charged %.2f%n",
          median(accepts),
          median(charges));
      Reconciled.assertReconciled(plugin);
    }
  }

  private static void accept(TestPlugin plugin, List<UsageRecord> usages)
      throws InterruptedException {
    var sink = plugin.registrations().usage().orElseThrow();
    var room = new Semaphore(IN_FLIGHT);
    for (var usage : usages) {
      room.acquire();
      sink.accept(usage).whenComplete((receipt, failure) -> room.release());
    }
    room.acquire(IN_FLIGHT);
  }

  private List<UsageRecord> usages(int round, Instant now) {
    return IntStream.range(0, records)
        .mapToObj(
            i ->
                new UsageRecord(
                    UUID.nameUUIDFromBytes((round + "-" + i).getBytes(StandardCharsets.UTF_8))
                        .toString(),
                    new UserId("user-" + i % users),
                    "llm",
                    Kind.LLM_TOKEN,
                    BigDecimal.valueOf(1_200),
                    1_000,
                    now,
                    false))
        .toList();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
