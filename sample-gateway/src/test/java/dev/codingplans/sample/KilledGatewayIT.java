package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A gateway that is killed in the middle of a purchase storm, ten times,")
class KilledGatewayIT {

  private static final int KILLS = 10;
  private static final int STOCK = 500;
  private static final int MOST_PURCHASES = 25;
  private static final int BUYERS_AT_ONCE = 12;
  private static final int MOST_BUYERS = MOST_PURCHASES + 2 * BUYERS_AT_ONCE;

  /** What a purchase leaves: five rows, and the account that paid is empty. */
  private static final String PURCHASES =
      """
      select user_id,
             (select count(*) from coding_plans.subscription s
               where s.user_id = a.user_id and s.status = 'active')                as subscriptions,
             (select count(*) from coding_plans.ledger_entry e
               where e.user_id = a.user_id and e.kind = 'activation')              as charges,
             (select count(*) from coding_plans.credential c
               where c.assigned_to = a.user_id and c.status = 'assigned')          as credentials,
             (select count(*) from coding_plans.byok_key k
               where k.user_id = a.user_id and k.source = 'plan')                  as keys,
             (select count(*) from coding_plans.event v
               where v.user_id = a.user_id and v.type = 'subscription.activated')  as events,
             balance_microdollars = 0                                              as paid
        from coding_plans.credit_account a""";

  private static final String ONE_WHOLE = "1 1 1 1 1 t";

  @TempDir private Path folder;

  @Test
  @DisplayName("P1, P7, L3 loses no purchase that it acknowledged, and leaves none by half")
  void killDuringPurchaseStorm() throws Exception {
    try (var installation = new Installation(folder)) {
      var before = new Storm(0);
      for (int kill = 1; kill <= KILLS; kill++) {
        try (var gateway = installation.run()) {
          var calls = new Calls(gateway.awaitServing());
          if (kill == 1) {
            var keys = IntStream.range(0, STOCK).mapToObj(n -> "storm.key." + n).toList();
            assertThat(calls.stock(Calls.PLAN, keys).statusCode()).isEqualTo(202);
          }
          before.requireKept(calls, installation);
          before = new Storm(kill);
          before.rage(calls, gateway);
          before.requireWhole(installation);
        }
      }
      try (var gateway = installation.run()) {
        var calls = new Calls(gateway.awaitServing());
        before.requireKept(calls, installation);
        calls.assertReconciled();
        assertThat(gateway.output()).doesNotContain("ERROR");
      }
    }
  }

  /** Customers who are funded and buy, many at once, until their gateway is gone. */
  private static final class Storm {

    private final int kill;
    private final int purchases;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    /** The kill is the seed, too. */
    Storm(int kill) {
      this.kill = kill;
      this.purchases = 1 + new Random(kill).nextInt(MOST_PURCHASES);
    }

    void rage(Calls calls, GatewayProcess gateway) throws InterruptedException {
      var bought = new AtomicInteger();
      try (var buyers = Executors.newFixedThreadPool(BUYERS_AT_ONCE)) {
        for (int n = 0; n < MOST_BUYERS; n++) {
          var user = "storm-" + kill + "-" + n;
          buyers.execute(
              () -> {
                if (bought.get() < purchases
                    && buy(calls, user)
                    && bought.incrementAndGet() == purchases) {
                  gateway.kill();
                }
              });
        }
        buyers.shutdown();
        assertThat(buyers.awaitTermination(60, TimeUnit.SECONDS)).as("kill %d", kill).isTrue();
      }
      gateway.awaitExit();
      assertThat(refused).as("kill %d", kill).isEmpty();
      assertThat(acknowledged).as("kill %d", kill).hasSizeGreaterThanOrEqualTo(purchases);
    }

    private boolean buy(Calls calls, String user) {
      try {
        var funded = calls.fund(user);
        var bought = calls.buy(user);
        if (funded.statusCode() != 201 || bought.statusCode() != 201) {
          refused.add(user + ": " + funded.body() + bought.body());
          return false;
        }
        acknowledged.put(user, Calls.json(bought).get("id").asText());
        return true;
      } catch (UncheckedIOException e) {
        unanswered.add(user); // the gateway is gone
        return false;
      }
    }

    /** Before any start could mend it: no charge without its subscription, nothing by half. */
    void requireWhole(Installation installation) {
      assertThat(installation.rows(PURCHASES))
          .as("kill %d", kill)
          .allMatch(row -> row.endsWith(" " + ONE_WHOLE) || row.endsWith(" 0 0 0 0 0 f"));
    }

    /** After the next start: nothing is lost, and what was not answered is done once. */
    void requireKept(Calls calls, Installation installation) {
      calls.assertReconciled();
      assertThat(installation.rows("select user_id || ' ' || id from coding_plans.subscription"))
          .as("kill %d", kill)
          .containsAll(
              acknowledged.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
      for (var user : unanswered) {
        assertThat(calls.fund(user).statusCode()).as(user).isIn(200, 201);
        assertThat(calls.buy(user).statusCode()).as(user).isIn(200, 201);
      }
      var buyers = new ArrayList<>(acknowledged.keySet());
      buyers.addAll(unanswered);
      assertThat(installation.rows(PURCHASES))
          .as("kill %d", kill)
          .containsAll(buyers.stream().map(user -> user + " " + ONE_WHOLE).toList());
    }
  }
}
