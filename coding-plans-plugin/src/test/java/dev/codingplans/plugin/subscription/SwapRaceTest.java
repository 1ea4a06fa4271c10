package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.Population.PRICE;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens while an operator swaps a credential on another node. */
class SwapRaceTest {

  private static final int ROUNDS = 12;
  private static final long SEED = 20_261_120;

  private static final TestDatabase DB = TestDatabase.fresh();
  private static TestPlugin swapping;
  private static TestPlugin other;
  private static ExecutorService threads;

  @BeforeAll
  static void start() {
    swapping = TestPlugin.on(DB);
    other = TestPlugin.on(DB);
    threads = Executors.newFixedThreadPool(2);
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
    other.close();
    swapping.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("I8 each swap happens once or not at all, and the books are right")
  void duringSwap(Deed deed) throws Exception {
    var random = new Random(SEED + deed.ordinal());
    for (int round = 0; round < ROUNDS; round++) {
      var name = deed + "-" + round;
      var balance = random.nextBoolean() ? 2 * PRICE : PRICE - 1;
      Population.due(DB, name, 1, balance, Duration.ofSeconds(random.nextInt(1, 90_000)));
      var user = name + "-1";
      var buyer = "buyer-of-" + name;
      var id = DB.text("select id from coding_plans.subscription where user_id = ?", user);
      other.credit(buyer, 20);
      addStock(random.nextInt(1, 3));

      var race =
          race(() -> swap(swapping, id, "one"), () -> deed.run(other, new Party(user, id, buyer)));

      assertThat(race.status()).as("%s in round %d: %s", deed, round, race).isIn(200, 404, 409);
      assertThat(swaps(id))
          .as("%s in round %d", deed, round)
          .isIn((Object[]) deed.swapsAfter(race));
      emptyStock();
    }

    assertReconciled(other);
    assertThat(DB.text("select deadlocks from pg_stat_database where datname = current_database()"))
        .isEqualTo("0");
  }

  @Test
  @DisplayName("I5, P6 what is withdrawn is not sold, and what is sold is not withdrawn")
  void withdrawDuringPurchase() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var buyer = "buyer-" + round;
      swapping.credit(buyer, 20);
      addStock(1);

      var bought = race(() -> swapping.buy(buyer, PLUS), () -> Deed.WITHDRAW.run(other, null));

      assertThat(bought.status()).as(bought.body()).isIn(201, 409);
      assertThat(DB.text("select count(*) from coding_plans.subscription where user_id = ?", buyer))
          .isEqualTo(bought.status() == 201 ? "1" : "0");
      emptyStock();
    }
    assertReconciled(other);
  }

  /** Returns what came of the one that all races have. */
  private Answer race(Callable<Answer> swap, Runnable another) throws Exception {
    var start = new CyclicBarrier(2);
    Future<Answer> first =
        threads.submit(
            () -> {
              start.await();
              return swap.call();
            });
    Future<?> second =
        threads.submit(
            () -> {
              start.await();
              another.run();
              return null;
            });
    second.get();
    return first.get();
  }

  private static Answer swap(TestPlugin node, String id, String key) {
    return node.call(
        "POST",
        "/admin/api/subscriptions/" + id + "/swap-credential",
        "admin:root",
        "",
        "Idempotency-Key",
        key);
  }

  private int swaps(String subscription) {
    return Integer.parseInt(
        DB.text(
            """
            select count(*) from coding_plans.event
             where type = 'credential.swapped' and payload ->> 'subscriptionId' = ?""",
            subscription));
  }

  /** Proven as far as the database can tell; nobody sends requests on it. */
  private void addStock(int count) {
    DB.execute(
        """
        insert into coding_plans.credential
               (id, provider_id, plan_id, upstream_plan_id, fingerprint, ciphertext, status, verified_at, created_at)
        select gen_random_uuid(), 'minimax', ?, 'upstream', decode(md5(random()::text), 'hex'), '\\x00',
               'available', now(), now()
          from generate_series(1, ?)""",
        PLUS,
        count);
  }

  private void emptyStock() {
    DB.execute(
        """
        update coding_plans.credential set status = 'revocation_pending', ciphertext = null
         where status = 'available'""");
  }

  /** Who takes part besides. */
  private record Party(String user, String subscription, String buyer) {}

  /** What can happen meanwhile; each is done or refused, and never fails. */
  private enum Deed {
    TERMINATE {
      @Override
      void run(TestPlugin plugin, Party party) {
        assertThat(new Life(plugin).asAdmin(party.subscription(), "terminate", "").status())
            .isEqualTo(200);
      }
    },
    SWEEP {
      @Override
      void run(TestPlugin plugin, Party party) {
        new Life(plugin).sweep();
      }
    },
    DELETE_ACCOUNT {
      @Override
      void run(TestPlugin plugin, Party party) {
        assertThat(
                plugin
                    .call("DELETE", "/admin/api/users/" + party.user(), "admin:root", "")
                    .status())
            .isEqualTo(204);
      }
    },
    SWAP_WITH_THE_SAME_KEY {
      @Override
      void run(TestPlugin plugin, Party party) {
        assertThat(swap(plugin, party.subscription(), "one").status()).isIn(200, 409);
      }

      @Override
      Integer[] swapsAfter(Answer swap) {
        return new Integer[] {1};
      }
    },
    SWAP_WITH_ANOTHER_KEY {
      @Override
      void run(TestPlugin plugin, Party party) {
        assertThat(swap(plugin, party.subscription(), "two").status()).isIn(200, 409);
      }

      @Override
      Integer[] swapsAfter(Answer swap) {
        return new Integer[] {1, 2};
      }
    },
    BUY {
      @Override
      void run(TestPlugin plugin, Party party) {
        assertThat(plugin.buy(party.buyer(), PLUS).status()).isIn(201, 409);
      }
    },
    WITHDRAW {
      @Override
      void run(TestPlugin plugin, Party party) {
        var stock =
            plugin.get("/admin/api/inventory/credentials?status=available", "admin:root").json();
        for (var item : stock.get("items")) {
          var path = "/admin/api/inventory/credentials/" + item.get("id").asText() + "/withdraw";
          assertThat(plugin.call("POST", path, "admin:root", "").status()).isIn(200, 409);
        }
      }
    };

    abstract void run(TestPlugin plugin, Party party);

    /** Returns how many swaps there can be then. */
    Integer[] swapsAfter(Answer swap) {
      return new Integer[] {swap.status() == 200 ? 1 : 0};
    }
  }
}
