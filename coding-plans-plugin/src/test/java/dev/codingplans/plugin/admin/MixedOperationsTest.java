package dev.codingplans.plugin.admin;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.UploadCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Everything at once, on two nodes. {@code -Dmixed.seconds} lets it go on for longer, {@code
 * -Dmixed.seed} makes each thread do again what it did then.
 */
class MixedOperationsTest {

  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("mixed.seconds", 20));
  private static final long SEED = Long.getLong("mixed.seed", System.nanoTime());
  private static final int THREADS = 16;

  /** Of each thread, also on a slow machine. */
  private static final int LEAST_STEPS = 50;

  /** So few that they are scarce, and many are uploaded twice. */
  private static final int KEYS = 15 * (int) TIME.toSeconds();

  private static final List<String> PLANS = List.of(PLUS, MAX, ULTRA);

  private final TestDatabase db = TestDatabase.fresh();
  private final List<TestPlugin> nodes = new ArrayList<>();
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() {
    nodes.add(TestPlugin.on(db));
    nodes.add(TestPlugin.on(db));
  }

  @AfterEach
  void stop() {
    nodes.forEach(TestPlugin::close);
  }

  @Test
  @DisplayName("L3 whatever happens at once: no deadlock, no surprise, and the books are right")
  void everythingAtOnce() throws Exception {
    nodes.getFirst().credit("user-0", 1);
    // One account that is wrong, so that parking takes part.
    db.execute("update coding_plans.credit_account set balance_microdollars = 1000001");
    var end = System.nanoTime() + TIME.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers =
          IntStream.range(0, THREADS).mapToObj(i -> threads.submit(() -> work(i, end))).toList();
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    System.out.println("mixed operations, seed " + SEED + ": " + new TreeMap<>(counts));

    assertThat(surprises).as("seed %d", SEED).isEmpty();
    assertThat(TestDatabase.serverLog()).noneMatch(line -> line.contains("deadlock detected"));
    assertThat(db.text("select deadlocks from pg_stat_database where datname = current_database()"))
        .isEqualTo("0");
    assertThat(counts).containsKeys("buy ok", "upload ok", "put key ok", "withdraw ok");
    putRight();
    await()
        .atMost(UploadCalls.PATIENCE)
        .until(
            () -> db.texts("select id from coding_plans.upload where state = 'running'").isEmpty());
    nodes.forEach(node -> assertReconciled(node));
  }

  private void work(int thread, long end) {
    var random = new Random(SEED + thread);
    for (int i = 0; i < LEAST_STEPS || System.nanoTime() < end; i++) {
      var step = new Step(nodes.get(random.nextInt(nodes.size())), random);
      switch (random.nextInt(14)) {
        case 0, 1, 2 ->
            note(
                "buy",
                step.buy(),
                "idempotency_key_reused",
                "provider_plan_active",
                "byok_key_present",
                "insufficient_credits",
                "sold_out",
                "purchases_paused",
                "plan_closed",
                "invalid_state");
        case 3 -> note("put key", step.putKey(), "managed_key_read_only");
        case 4 -> note("toggle key", step.toggleKey(), "managed_key_read_only", "not_found");
        case 5 -> note("delete key", step.deleteKey(), "managed_key_read_only", "not_found");
        case 6, 7 -> note("credit", step.credit(), "insufficient_credits", "invalid_state");
        case 8 -> note("upload", step.upload(), "too_many_requests");
        case 9 -> note("withdraw", step.withdraw(), "invalid_state", "not_found");
        case 10 -> note("sales state", step.salesState());
        case 11 ->
            note(
                "swap",
                step.swap(),
                "idempotency_key_reused",
                "sold_out",
                "invalid_state",
                "not_found");
        case 12 -> note("revocation", step.revocation(), "invalid_state");
        default -> note("read", step.read());
      }
    }
  }

  /** A call may also be told to come back, because the machine is busy. */
  private void note(String operation, Answer answer, String... refusals) {
    var outcome = answer.status() < 300 ? "ok" : answer.code();
    counts.computeIfAbsent(operation + " " + outcome, key -> new LongAdder()).increment();
    if (!outcome.equals("ok")
        && !outcome.equals("unavailable")
        && !Set.of(refusals).contains(outcome)) {
      surprises.add(operation + ": " + answer);
    }
  }

  /** A correction is a new entry. */
  private void putRight() {
    db.execute(
        """
        insert into coding_plans.ledger_entry
          (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
        select gen_random_uuid(), user_id, 'adjustment', 1, balance_microdollars, 'put right', 'by hand', now()
          from coding_plans.credit_account where user_id = 'user-0'""");
    db.execute("update coding_plans.credit_account set parked_at = null where user_id = 'user-0'");
  }

  /** One call of somebody; a few users and credentials meet often, the others now and then. */
  private record Step(TestPlugin node, Random random) {

    Answer buy() {
      return node.buy(user(), PLANS.get(random.nextInt(PLANS.size())), "key-" + random.nextInt(4));
    }

    Answer putKey() {
      return byok(
          "PUT", "{\"apiKey\": \"sk-own-%d\", \"enabled\": true}".formatted(random.nextInt()));
    }

    Answer toggleKey() {
      return byok("PATCH", "{\"enabled\": " + random.nextBoolean() + "}");
    }

    Answer deleteKey() {
      return byok("DELETE", "");
    }

    Answer credit() {
      var dollars = random.nextInt(-30, 150);
      return node.call(
          "POST",
          "/admin/api/users/" + user() + "/credits",
          "admin:root",
          """
          {"amountMicrodollars": %d000000, "kind": "%s", "reason": "mixed"}"""
              .formatted(dollars == 0 ? 1 : dollars, dollars > 0 ? "paid_credit" : "adjustment"),
          "Idempotency-Key",
          "key-" + random.nextLong());
    }

    Answer upload() {
      var entries =
          IntStream.range(0, 1 + random.nextInt(2))
              .mapToObj(i -> "\"sk-stock-" + random.nextInt(KEYS) + "::p\"")
              .collect(Collectors.toList());
      return node.upload(PLANS.get(random.nextInt(PLANS.size())), "partial", false, entries);
    }

    Answer withdraw() {
      var stock =
          node.get("/admin/api/inventory/credentials?status=available&limit=5", "admin:root");
      var items = stock.json().path("items");
      return items.isEmpty()
          ? stock
          : node.call(
              "POST",
              "/admin/api/inventory/credentials/"
                  + items.get(random.nextInt(items.size())).get("id").asText()
                  + "/withdraw",
              "admin:root",
              "");
    }

    Answer swap() {
      var live = node.get("/admin/api/subscriptions?status=active&limit=5", "admin:root");
      return withOneOf(
          live,
          id ->
              node.call(
                  "POST",
                  "/admin/api/subscriptions/" + id + "/swap-credential",
                  "admin:root",
                  "",
                  "Idempotency-Key",
                  "swap-" + random.nextInt(4)));
    }

    Answer revocation() {
      var queue = node.get("/admin/api/revocations?limit=5", "admin:root");
      var path = "/admin/api/revocations/";
      return withOneOf(
          queue,
          id ->
              switch (random.nextInt(3)) {
                case 0 -> node.call("POST", path + id + "/complete", "admin:root", "");
                case 1 -> node.call("POST", path + id + "/requeue", "admin:root", "");
                default ->
                    node.call("POST", path + id + "/fail", "admin:root", "{\"reason\": \"mixed\"}");
              });
    }

    private Answer withOneOf(Answer list, Function<String, Answer> deed) {
      var items = list.json().path("items");
      return items.isEmpty()
          ? list
          : deed.apply(items.get(random.nextInt(items.size())).get("id").asText());
    }

    Answer salesState() {
      var state = random.nextInt(10) == 0 ? "paused" : "open";
      return node.call(
          "PUT",
          "/admin/api/plans/" + PLANS.get(random.nextInt(PLANS.size())) + "/sales-state",
          "admin:root",
          "{\"state\": \"" + state + "\"}");
    }

    Answer read() {
      return switch (random.nextInt(5)) {
        case 0 -> node.get("/admin/api/reconciliation", "admin:root");
        case 1 -> node.get("/admin/api/inventory", "admin:root");
        case 2 -> node.get("/api/plans", "user:" + user());
        case 3 -> node.get("/api/subscriptions", "user:" + user());
        default -> node.get("/api/credits/entries", "user:" + user());
      };
    }

    private Answer byok(String method, String body) {
      return node.call(method, "/api/byok/minimax", "user:" + user(), body);
    }

    private String user() {
      return "user-" + (random.nextBoolean() ? random.nextInt(5) : random.nextInt(500));
    }
  }
}
