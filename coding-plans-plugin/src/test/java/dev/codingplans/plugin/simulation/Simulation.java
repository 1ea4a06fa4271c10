package dev.codingplans.plugin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A world of a few users, an operator, two nodes and a clock, all of whose deeds follow from its
 * seed. A step is one deed; after each the books of all users are looked at, and at the end of each
 * day the reconciliation's.
 */
final class Simulation implements AutoCloseable {

  private static final int NODES = 2;
  private static final int MOST_DEEDS_A_DAY = 7;

  private static final String CATALOG =
      """
      {"providers": [{"id": "minimax", "name": "MiniMax", "models": ["MiniMax-M2"]},
                     {"id": "acme", "name": "Acme", "models": ["small"]}],
       "plans": [
         {"id": "plus", "kind": "credential", "provider": "minimax", "name": "Plus",
          "priceMicrodollars": 20000000, "periodDays": 30, "models": ["minimax/*"]},
         {"id": "max", "kind": "credential", "provider": "minimax", "name": "Max",
          "priceMicrodollars": 50000000, "periodDays": 30, "models": ["minimax/*"]},
         {"id": "basic", "kind": "credential", "provider": "acme", "name": "Basic",
          "priceMicrodollars": 7000000, "periodDays": 7, "models": ["acme/*"]},
         {"id": "vms", "kind": "quota", "name": "VMs", "unit": "vm", "units": 3,
          "priceMicrodollars": 5000003, "periodDays": 20}]}""";

  private final Random random;
  private final TestDatabase db = TestDatabase.fresh();
  private final List<TestPlugin> nodes = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private final Deeds deeds;

  Simulation(long seed) {
    this.random = new Random(seed);
    for (int i = 0; i < NODES; i++) {
      nodes.add(startNode(i));
    }
    this.deeds = new Deeds(random, this::anyNode);
  }

  void run(int days) {
    history.add(deeds.begin());
    for (int day = 1; day <= days; day++) {
      var steps = random.nextInt(1, MOST_DEEDS_A_DAY);
      for (int i = 0; i < steps; i++) {
        step(day);
      }
      deeds.reconcile();
    }
    deeds.sweep();
    deeds.reconcile();
  }

  @Override
  public void close() {
    nodes.forEach(TestPlugin::close);
  }

  private void step(int day) {
    try {
      history.add("day " + day + ": " + deed());
      assertBooks();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("after\n  " + String.join("\n  ", history), e);
    }
  }

  private String deed() {
    var roll = random.nextInt(100);
    if (roll < 12) {
      return deeds.advance(Duration.ofMinutes(random.nextInt(1, 36 * 60)));
    }
    if (roll < 14) {
      return deeds.advance(Duration.ofDays(random.nextInt(5, 45)));
    }
    if (roll < 26) {
      return deeds.sweep();
    }
    if (roll < 30) {
      return cutConnections();
    }
    if (roll == 30) {
      return restartNode();
    }
    return deeds.ofSomebody();
  }

  /** A node dies as far as the database can tell: its transactions end where they are. */
  private String cutConnections() {
    var node = random.nextInt(NODES);
    db.texts(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = ?""",
        applicationName(node));
    return "node " + node + " lost its connections";
  }

  private String restartNode() {
    var node = random.nextInt(NODES);
    nodes.get(node).close();
    nodes.set(node, startNode(node));
    return "node " + node + " started again";
  }

  private TestPlugin startNode(int node) {
    return TestPlugin.on(
        db,
        Map.of(
            "DATABASE_URL",
            db.url() + "&ApplicationName=" + applicationName(node),
            "CODING_PLANS_CATALOG",
            CATALOG),
        List.of());
  }

  private static String applicationName(int node) {
    return "node-" + node;
  }

  private TestPlugin anyNode() {
    return nodes.get(random.nextInt(NODES));
  }

  /** What is true of each user after every commit. */
  private void assertBooks() {
    assertThat(
            db.texts(
                """
                select account.user_id
                  from coding_plans.credit_account account
                 where account.balance_microdollars < 0
                    or account.balance_microdollars <>
                       (select coalesce(sum(amount_microdollars), 0) from coding_plans.ledger_entry entry
                         where entry.user_id = account.user_id)
                    or exists (select from coding_plans.subscription live
                                where live.user_id = account.user_id and live.status in ('active', 'past_due')
                                  and not exists (select from coding_plans.credential
                                                   where id = live.credential_id and status = 'assigned'
                                                     and assigned_to = account.user_id))
                    or exists (select from coding_plans.byok_key key
                                 join coding_plans.subscription ended on ended.id = key.subscription_id
                                where key.user_id = account.user_id and ended.status = 'canceled')"""))
        .isEmpty();
    assertThat(
            db.texts(
                """
                select one.id from coding_plans.term one
                  join coding_plans.term other using (subscription_id)
                 where one.period_start < other.period_start and one.period_end > other.period_start"""))
        .as("terms that overlap: something was paid twice")
        .isEmpty();
  }
}
