package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Manner;
import dev.codingplans.plugin.support.ProviderFake;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Credentials that work no more, where the operator wants them to be replaced. */
class AutomaticSwapTest {

  private static final Map<String, String> ON = Map.of("CODING_PLANS_AUTO_SWAP", "true");

  /** Shorter than the interval of the regular look: what is seen by then was told at once. */
  private static final Duration AT_ONCE = Duration.ofSeconds(45);

  private final TestDatabase db = TestDatabase.fresh();
  private final Map<String, String> keys = new HashMap<>();
  private TestPlugin plugin;
  private Life life;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db);
    life = new Life(plugin);
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("I8 a key without a plan behind it is found, and replaced at once, uncharged")
  void atOnce() {
    var broken = "sk-" + UUID.randomUUID();
    plugin.stock(PLUS, List.of(broken));
    plugin.credit("ann", 30);
    TestPlugin.require(plugin.buy("ann", PLUS), 201);
    plugin.stock(PLUS, 1);
    var settings = Map.of("CODING_PLANS_AUTO_SWAP", "true", "CODING_PLANS_HEALTH_INTERVAL", "PT1S");

    try (var node = TestPlugin.on(db, settings, List.of())) {
      ProviderFake.shared().treat(broken, Manner.PLANLESS);

      await().atMost(AT_ONCE).until(() -> swaps("ann") == 1);

      assertThat(((PlanKey) node.resolve("ann")).credential().reveal()).isNotEqualTo(broken);
    }
    assertThat(
            db.texts(
                "select distinct payload ->> 'automatic' from coding_plans.event where type = 'credential.swapped'"))
        .containsExactly("true");
    assertThat(life.balance("ann")).isEqualTo(10_000_000);
    assertThat(db.texts("select status from coding_plans.credential order by position"))
        .containsExactly("revocation_pending", "assigned");
  }

  @Test
  @DisplayName("I8 what is sold out waits for stock, and keeps nobody else waiting")
  void soldOut() {
    subscribe("ann", PLUS, 20);
    subscribe("bob", MAX, 50);
    stock(MAX, 1);
    breakKeyOf("ann");
    breakKeyOf("bob");
    look("bob", 1);
    assertThat(swaps("ann")).isZero();

    stock(PLUS, 1);
    look("ann", 1);
    assertThat(swaps("bob")).isEqualTo(1);
  }

  @Test
  @DisplayName("I8 two a day: a subscription whose new keys work no better needs an operator")
  void twoADay() {
    subscribe("ann", PLUS, 20);
    subscribe("bob", MAX, 50);
    stock(PLUS, 4);
    stock(MAX, 1);
    breakKeyOf("ann");
    look("ann", 1);
    breakKeyOf("ann");
    look("ann", 2);

    breakKeyOf("ann");
    breakKeyOf("bob");
    look("bob", 1);
    assertThat(swaps("ann")).isEqualTo(2);

    db.execute("update coding_plans.automatic_swap set swapped_at = swapped_at - interval '1 day'");
    look("ann", 3);
  }

  @Test
  @DisplayName("I8 ten an hour: a provider that refuses everybody does not cost the whole stock")
  void tenAnHour() {
    var users = IntStream.rangeClosed(1, 12).mapToObj(i -> "user-" + i).toList();
    stock(PLUS, 24);
    for (String user : users) {
      plugin.credit(user, 20);
      TestPlugin.require(plugin.buy(user, PLUS), 201);
    }
    subscribe("bob", MAX, 50);
    stock(MAX, 1);
    users.forEach(this::breakKeyOf);
    breakKeyOf("bob");

    look("bob", 1);

    assertThat(users.stream().mapToInt(this::swaps).sum()).isEqualTo(10);
  }

  @Test
  @DisplayName("I8 what only one request said costs no good key, nor does a provider that is away")
  void asksAgain() {
    for (String user : List.of("ann", "eve")) {
      subscribe(user, PLUS, 20);
      markUnhealthy(user);
    }
    ProviderFake.shared().treat(keyOf("eve"), Manner.FAILING);
    subscribe("bob", MAX, 50);
    breakKeyOf("bob");
    stock(PLUS, 2);
    stock(MAX, 1);

    look("bob", 1);

    assertThat(swaps("ann")).isZero();
    assertThat(swaps("eve")).isZero();
    assertThat(
            db.texts(
                """
                select health from coding_plans.credential
                 where status = 'assigned' order by position"""))
        .containsExactly("healthy", "rejected", "healthy");
  }

  @Test
  @DisplayName("I8 one that cannot be swapped keeps nobody else from it")
  void oneFails() {
    subscribe("ann", PLUS, 20);
    subscribe("bob", MAX, 50);
    breakKeyOf("ann");
    breakKeyOf("bob");
    stock(PLUS, 1);
    stock(MAX, 1);
    db.execute(
        "alter table coding_plans.automatic_swap add constraint fails check (plan_id <> '%s')"
            .formatted(PLUS));

    look("bob", 1);

    assertThat(swaps("ann")).isZero();
  }

  private void subscribe(String user, String plan, long dollars) {
    stock(plan, 1);
    plugin.credit(user, dollars);
    TestPlugin.require(plugin.buy(user, plan), 201);
  }

  /** Puts keys into stock that are found again by what they are called at the provider. */
  private void stock(String plan, int count) {
    var fresh = IntStream.range(0, count).mapToObj(i -> "sk-" + UUID.randomUUID()).toList();
    plugin.stock(plan, fresh);
    fresh.forEach(key -> keys.put("upstream-" + key.hashCode(), key));
  }

  private String keyOf(String user) {
    return keys.get(
        db.text(
            """
            select upstream_plan_id from coding_plans.credential
             where assigned_to = ? and status = 'assigned'""",
            user));
  }

  /** Starts a node, which looks soon; what came before in the order was looked at by then. */
  private void look(String user, int swaps) {
    try (var node = TestPlugin.on(db, ON, List.of())) {
      assertThat(node.address()).isNotNull();
      await().atMost(AT_ONCE).until(() -> swaps(user) == swaps);
    }
  }

  private void breakKeyOf(String user) {
    ProviderFake.shared().treat(keyOf(user), Manner.UNAUTHORIZED);
    markUnhealthy(user);
  }

  private void markUnhealthy(String user) {
    assertThat(
            db.execute(
                """
                update coding_plans.credential
                   set health = 'rejected', unhealthy_since = clock_timestamp()
                 where assigned_to = ? and status = 'assigned'""",
                user))
        .isEqualTo(1);
  }

  private int swaps(String user) {
    return Integer.parseInt(
        db.text(
            """
            select count(*) from coding_plans.event
             where type = 'credential.swapped' and user_id = ?""",
            user));
  }
}
