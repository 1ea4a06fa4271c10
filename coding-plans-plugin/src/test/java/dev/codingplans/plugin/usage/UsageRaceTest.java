package dev.codingplans.plugin.usage;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.UsageRecord;
import dev.codingplans.gateway.spi.usage.UsageRecord.Kind;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Four nodes, the same records, and a database that keeps losing their connections. */
class UsageRaceTest {

  private static final int NODES = 4;
  private static final int RECORDS = 10_000;
  private static final int CHUNK = 1_000;
  private static final int USERS = 40;
  private static final int TIMES = 3;
  private static final int MAX_ATTEMPTS = 100;
  private static final long SEED = 20_261_120;

  private final TestDatabase db = TestDatabase.fresh();

  @Test
  @DisplayName("D4, M4 sent three times by four nodes under fire, each is charged once, none lost")
  void killDuringIntakeAndCharging() throws Exception {
    var nodes = new ArrayList<TestPlugin>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(TestPlugin.on(db, Map.of("CODING_PLANS_USAGE_INTERVAL", "PT0.1S"), List.of()));
    }
    var first = nodes.getFirst();
    for (int user = 0; user < USERS; user++) {
      // Half of them cannot pay for all.
      first.credit("user-" + user, user % 2 == 0 ? 1 : 1_000);
    }
    var records = records(new Usage(first).now());
    var kills = new AtomicInteger();
    try (var senders = Executors.newFixedThreadPool(2 * NODES);
        var killer = Executors.newSingleThreadScheduledExecutor()) {
      killer.scheduleWithFixedDelay(() -> kill(kills), 50, 50, TimeUnit.MILLISECONDS);
      var sent =
          IntStream.range(0, TIMES * RECORDS / CHUNK)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () -> send(nodes.get(i % NODES), chunk(records, i)), senders))
              .toList();
      sent.forEach(CompletableFuture::join);
      killer.shutdownNow();
    }

    new Usage(first).apply();

    assertThat(kills.get()).isPositive();
    assertThat(db.text("select count(*) from coding_plans.usage_record"))
        .isEqualTo(String.valueOf(RECORDS));
    assertThat(db.text("select count(distinct event_id) from coding_plans.usage_record"))
        .isEqualTo(String.valueOf(RECORDS));
    assertThat(db.text("select count(*) from coding_plans.usage_inbox")).isEqualTo("0");
    assertThat(db.text("select count(*) from coding_plans.usage_quarantine")).isEqualTo("0");
    assertThat(
            db.texts(
                """
                select account.user_id from coding_plans.credit_account account
                 where uncollected_microdollars is distinct from
                       (select sum(uncollected_microdollars) from coding_plans.usage_record usage
                         where usage.user_id = account.user_id)"""))
        .isEmpty();
    assertReconciled(first);
    nodes.forEach(TestPlugin::close);
  }

  /** Sends every record until it is acknowledged, as a host does. */
  private static void send(TestPlugin node, List<UsageRecord> records) {
    var sink = node.registrations().usage().orElseThrow();
    var open = records;
    for (int attempt = 0; attempt < MAX_ATTEMPTS && !open.isEmpty(); attempt++) {
      var answers = open.stream().map(record -> sink.accept(record).toCompletableFuture()).toList();
      var left = new ArrayList<UsageRecord>();
      for (int i = 0; i < open.size(); i++) {
        try {
          answers.get(i).join();
        } catch (CompletionException e) {
          left.add(open.get(i));
        }
      }
      open = left;
    }
    assertThat(open).isEmpty();
  }

  private void kill(AtomicInteger kills) {
    kills.addAndGet(
        db.texts(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and application_name = 'coding-plans'
                   and state <> 'idle'
                 limit 1""")
            .size());
  }

  private static List<UsageRecord> chunk(List<UsageRecord> records, int i) {
    var from = i * CHUNK % RECORDS;
    var chunk = new ArrayList<>(records.subList(from, from + CHUNK));
    Collections.shuffle(chunk, new Random(SEED + i));
    return chunk;
  }

  private static List<UsageRecord> records(Instant now) {
    return IntStream.range(0, RECORDS)
        .mapToObj(
            i ->
                new UsageRecord(
                    "event-" + i,
                    new UserId("user-" + i % USERS),
                    "llm",
                    Kind.LLM_TOKEN,
                    BigDecimal.valueOf(i),
                    10_000,
                    now.minusMillis(i),
                    false))
        .toList();
  }
}
