package dev.codingplans.plugin.event.delivery;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.lifecycle.LifecycleEvent;
import dev.codingplans.plugin.support.Ear;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.ListeningHost;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<String, String> SOON = Map.of("CODING_PLANS_EVENT_BACKOFF", "PT0.05S");

  /** So much that nobody is told that it runs low. */
  private static final int PLENTY = 10;

  private static final long SEED = 20_251_120;

  private final TestDatabase db = TestDatabase.fresh();
  private final Ear ear = new Ear("mirror");

  @Test
  @DisplayName("F2 a listener is told what happened, to whom and when, in order and at once")
  void tells() throws IOException {
    try (var node = ListeningHost.start(db, SOON, ear)) {
      node.stock(PLUS, PLENTY);
      node.credit("ann", 25);
      TestPlugin.require(node.buy("ann", PLUS), 201);

      await().atMost(PATIENCE).until(() -> ear.count() == 2);

      assertThat(ear.heard())
          .extracting(LifecycleEvent::type)
          .containsExactly("credit.added", "subscription.activated");
      var bought = ear.heard().getLast();
      assertThat(bought.user()).hasToString("Optional[ann]");
      assertThat(bought.id())
          .isEqualTo(
              db.text("select id from coding_plans.event where type = 'subscription.activated'"));
      assertThat(bought.occurredAt())
          .isEqualTo(
              Instant.parse(
                  db.text(
                      """
                      select to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                        from coding_plans.event where type = 'subscription.activated'""")));
      assertThat(new ObjectMapper().readTree(bought.payload()).get("planId").asText())
          .isEqualTo(PLUS);
    }
  }

  @Test
  @DisplayName("F2 a listener is asked once what it wants, and the rest is not queued for it")
  void wanted() {
    var started = new AtomicBoolean();
    var choosy =
        new Ear(
            "choosy",
            type -> {
              assertThat(started).isFalse();
              return type.equals("subscription.activated");
            });
    try (var node = ListeningHost.start(db, SOON, choosy)) {
      started.set(true);
      node.stock(PLUS, 1);
      node.credit("ann", 25);
      TestPlugin.require(node.buy("ann", PLUS), 201);

      await().atMost(PATIENCE).until(() -> choosy.count() == 1);
      assertThat(deliveries("true")).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("F2 three nodes, a thousand events, failures: nothing is lost, each user's in order")
  void ordered() {
    var users = IntStream.range(0, 40).mapToObj(i -> "user-" + i).toList();
    var busy = new ConcurrentHashMap<String, String>();
    var together = ConcurrentHashMap.<String>newKeySet();
    var random = new Random(SEED);
    ear.takeOnly(
        event -> {
          var user = event.user().orElseThrow().value();
          if (busy.putIfAbsent(user, event.id()) != null) {
            together.add(user);
          }
          Thread.yield();
          busy.remove(user);
          synchronized (random) {
            return random.nextInt(10) > 0;
          }
        });
    var nodes = Stream.generate(() -> ListeningHost.start(db, SOON, ear)).limit(3).toList();
    try {
      try (var threads = Executors.newFixedThreadPool(6)) {
        for (int i = 0; i < users.size(); i++) {
          var node = nodes.get(i % 3);
          var user = users.get(i);
          threads.execute(() -> IntStream.range(0, 25).forEach(n -> node.credit(user, n + 1)));
        }
      }
      await().atMost(PATIENCE).until(() -> ear.count() == 1_000);

      assertThat(together).isEmpty();
      assertThat(users).allSatisfy(user -> assertThat(ear.idsOf(user)).isEqualTo(eventIdsOf(user)));
      await().atMost(PATIENCE).until(() -> deliveries("delivered_at is null").equals("0"));
      assertThat(deliveries("attempts > 1")).isNotEqualTo("0");
    } finally {
      nodes.forEach(TestPlugin::close);
    }
  }

  @Test
  @DisplayName("F2 a sweep queues its events with one statement, whoever listens")
  void ofASweep() {
    var other = new Ear("other");
    try (var node = ListeningHost.start(db, SOON, ear, other)) {
      Population.due(db, "due", 1_000, 3 * Population.PRICE, Duration.ofHours(1));

      Life.assertSwept(new Life(node).sweep(), "renewed=1000");

      await().atMost(PATIENCE).until(() -> ear.count() == 1_000 && other.count() == 1_000);
      assertThat(ear.heard()).extracting(LifecycleEvent::type).containsOnly("subscription.renewed");
    }
  }

  @Test
  @DisplayName("F2 who fails one user's event hears of the others meanwhile, and of the rest later")
  void oneUserBlocksNoOther() {
    ear.takeOnly(event -> !event.user().orElseThrow().value().equals("bob"));
    try (var node = ListeningHost.start(db, SOON, ear)) {
      for (int i = 1; i <= 5; i++) {
        node.credit("bob", i);
        node.credit("ann", i);
      }
      await().atMost(PATIENCE).until(() -> ear.idsOf("ann").size() == 5);
      assertThat(ear.idsOf("bob")).isEmpty();

      ear.takeOnly(event -> true);
      await().atMost(PATIENCE).until(() -> ear.idsOf("bob").size() == 5);
      assertThat(ear.idsOf("bob")).isEqualTo(eventIdsOf("bob"));
    }
  }

  @Test
  @DisplayName("F2 a queue outlives a restart, and takes what happened without the listener's node")
  void restart() {
    ear.takeOnly(event -> false);
    try (var node = ListeningHost.start(db, SOON, ear)) {
      IntStream.rangeClosed(1, 20).forEach(i -> node.credit("ann", i));
    }
    var again = new Ear("mirror");
    try (var node = ListeningHost.start(db, SOON, again)) {
      assertThat(node.address()).isNotNull();
      await().atMost(PATIENCE).until(() -> again.count() == 20);
      assertThat(again.idsOf("ann")).isEqualTo(eventIdsOf("ann"));
    }
  }

  @Test
  @DisplayName("F2 connections that end in the middle lose nothing")
  void connectionsKilled() {
    ear.takeOnly(event -> false);
    var users = IntStream.range(0, 30).mapToObj(i -> "user-" + i).toList();
    try (var node = ListeningHost.start(db, SOON, ear);
        var another = ListeningHost.start(db, SOON, ear)) {
      for (String user : users) {
        IntStream.rangeClosed(1, 5).forEach(i -> node.credit(user, i));
        IntStream.rangeClosed(6, 10).forEach(i -> another.credit(user, i));
      }

      ear.takeOnly(event -> true);
      for (int seen : List.of(10, 100, 200)) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> ear.count() >= seen);
        db.texts(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()""");
      }

      await().atMost(PATIENCE).until(() -> deliveries("delivered_at is null").equals("0"));
      assertThat(ear.count()).isEqualTo(300);
      assertThat(users).allSatisfy(user -> assertThat(ear.idsOf(user)).isEqualTo(eventIdsOf(user)));
    }
  }

  @Test
  @DisplayName("F2 what a dead node has claimed is told by another when its lease is over")
  void leaseRunsOut() {
    ear.takeOnly(event -> false);
    try (var node = ListeningHost.start(db, SOON, ear)) {
      node.credit("ann", 1);
      node.credit("ann", 2);
    }
    db.execute(
        """
        update coding_plans.event_delivery
           set attempts = attempts + 1, next_attempt_at = clock_timestamp() + interval '2 seconds'
         where event_id = (select min(event_id) from coding_plans.event_delivery)""");
    ear.takeOnly(event -> true);
    try (var another = ListeningHost.start(db, SOON, ear)) {
      another.credit("bob", 1);
      await().atMost(PATIENCE).until(() -> ear.count() == 3);
      assertThat(ear.idsOf("ann")).isEqualTo(eventIdsOf("ann"));
      assertThat(
              db.text(
                  """
                  select min(delivered_at - created_at) > interval '1 second'
                    from coding_plans.event_delivery where user_id = 'ann'"""))
          .isEqualTo("t");
    }
  }

  private List<String> eventIdsOf(String user) {
    return db.texts("select id from coding_plans.event where user_id = ? order by id", user);
  }

  private String deliveries(String condition) {
    return db.text("select count(*) from coding_plans.event_delivery where " + condition);
  }
}
