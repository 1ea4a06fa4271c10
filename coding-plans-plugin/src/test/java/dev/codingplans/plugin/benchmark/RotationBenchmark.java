package dev.codingplans.plugin.benchmark;

import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.OwnKeys;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures a rotation while requests and purchases run: rows a second, and what the purchases
 * notice of it. BENCHMARKS.md has the method.
 */
final class RotationBenchmark {

  private static final String ROTATE = "/admin/api/encryption/rotate";
  private static final long POLL_NANOS = 20_000_000;
  private static final int WARM_UP = 50;
  private static final long MOST_POLLS = 100_000;

  private final PrintStream out;
  private final int rows;
  private final int rounds;
  private final TestDatabase db = TestDatabase.fresh();
  private int buyers;

  private RotationBenchmark(PrintStream out, int rows, int rounds) {
    this.out = out;
    this.rows = rows;
    this.rounds = rounds;
  }

  /** Takes how many ciphertexts there are, and how often to rotate them. */
  public static void main(String[] arguments) throws Exception {
    new RotationBenchmark(
            System.out, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))
        .run();
  }

  private void run() throws Exception {
    var keyset = Keyset.generate();
    node(keyset).close();
    OwnKeys.write(db, keyset, "user", rows);
    db.execute("analyze");
    out.printf(
        "%n| rows | rows/s | requests/s | failed | purchase p50 ms, alone | while rotating | p99 ms, alone | while rotating |%n"
            + "|---:|---:|---:|---:|---:|---:|---:|---:|%n");
    for (int round = 0; round < rounds; round++) {
      keyset = keyset.withFreshKey().promoted();
      try (var node = node(keyset)) {
        measure(node);
        Reconciled.assertReconciled(node);
      }
    }
  }

  private void measure(TestPlugin node) throws Exception {
    node.stock(TestPlugin.PLUS, 1_000);
    buy(node, WARM_UP, new AtomicBoolean());
    var alone = buy(node, 4 * WARM_UP, new AtomicBoolean());
    var over = new AtomicBoolean();
    var requests = CompletableFuture.supplyAsync(() -> send(node, over));
    var purchases = CompletableFuture.supplyAsync(() -> buy(node, 700, over));

    var started = System.nanoTime();
    TestPlugin.require(node.call("POST", ROTATE, "admin:root", ""), 202);
    awaitDone();
    var seconds = (System.nanoTime() - started) / 1e9;
    over.set(true);

    var sent = requests.get();
    var meanwhile = purchases.get();
    out.printf(
        Locale.ROOT,
        "| %,d | %,.0f | %,.0f | %d | %.1f | %.1f | %.1f | %.1f |%n",
        rows,
        rows / seconds,
        sent.ok() / seconds,
        sent.failed(),
        at(alone, 50),
        at(meanwhile, 50),
        at(alone, 99),
        at(meanwhile, 99));
  }

  private Sent send(TestPlugin node, AtomicBoolean over) {
    var ok = 0;
    var failed = 0;
    var user = 0;
    while (!over.get()) {
      user = user % rows + 1;
      // The first request of each reads the row, the others come from memory.
      if (node.resolve("user-" + user) instanceof OwnKey key
          && key.credential().reveal().equals("sk-user-" + user)) {
        ok++;
      } else {
        failed++;
      }
    }
    return new Sent(ok, failed);
  }

  /** Returns how long each purchase took, in milliseconds; one that fails ends the program. */
  private List<Double> buy(TestPlugin node, int most, AtomicBoolean over) {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < most && !over.get(); i++) {
      var user = "buyer-" + buyers++;
      node.credit(user, 20);
      var started = System.nanoTime();
      TestPlugin.require(node.buy(user, TestPlugin.PLUS), 201);
      millis.add((System.nanoTime() - started) / 1e6);
    }
    Collections.sort(millis);
    return millis;
  }

  private void awaitDone() {
    for (long i = 0; i < MOST_POLLS; i++) {
      if (db.text("select state from coding_plans.vault_rotation").equals("done")) {
        return;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw new IllegalStateException("the rotation has no end");
  }

  private TestPlugin node(Keyset keyset) {
    return TestPlugin.on(db, Map.of("CODING_PLANS_KEYSET", keyset.toJson()), List.of());
  }

  private static double at(List<Double> sorted, int percent) {
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
  }

  /** What became of requests. */
  private record Sent(int ok, int failed) {}
}
