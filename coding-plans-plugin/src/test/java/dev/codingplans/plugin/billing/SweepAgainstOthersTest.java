package dev.codingplans.plugin.billing;

import static dev.codingplans.plugin.support.Population.PRICE;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a subscription while a sweep of another node has it in hand. */
@Execution(ExecutionMode.CONCURRENT)
class SweepAgainstOthersTest {

  private static final int ROUNDS = 200;
  private static final long SEED = 20_261_120;

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin sweeping;
  private TestPlugin other;
  private ExecutorService threads;

  @BeforeEach
  void start() {
    sweeping = TestPlugin.on(db);
    other = TestPlugin.on(db);
    threads = Executors.newFixedThreadPool(2);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    other.close();
    sweeping.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one outcome each, the books are right, and PostgreSQL saw no deadlock")
  void duringSweep(Deed deed) throws Exception {
    var random = new Random(SEED + deed.ordinal());
    for (int round = 0; round < ROUNDS; round++) {
      var name = "round" + round;
      var isFunded = random.nextBoolean();
      var lateness = Duration.ofSeconds(random.nextInt(1, 90_000));
      var one = Population.due(db, name, 1, isFunded ? 2 * PRICE : PRICE - 1, lateness);
      var id = db.text("select id from coding_plans.subscription where user_id = ?", name + "-1");
      if (random.nextInt(4) == 0) {
        one.inGraceFor(Duration.ofSeconds(random.nextInt(-5, 5)));
      }

      race(() -> new Life(sweeping).sweep(), () -> deed.run(other, name + "-1", id));
      new Life(sweeping).sweep();

      assertThat(
              db.text(
                  """
                  select count(*) from coding_plans.ledger_entry
                   where kind = 'renewal' and idempotency_key like 'renewal:' || ? || '%'""",
                  id))
          .as("renewals of %s in round %s", deed, round)
          .isIn("0", "1");
    }

    assertReconciled(other);
    assertThat(db.text("select deadlocks from pg_stat_database where datname = current_database()"))
        .isEqualTo("0");
  }

  private void race(Runnable one, Runnable another) throws Exception {
    var start = new CyclicBarrier(2);
    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> together(start, one), threads),
            CompletableFuture.runAsync(() -> together(start, another), threads))
        .get();
  }

  private static void together(CyclicBarrier start, Runnable deed) {
    try {
      start.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    deed.run();
  }

  /** What can happen meanwhile; each is done or refused, and never fails. */
  enum Deed {
    TERMINATE {
      @Override
      void run(TestPlugin plugin, String user, String id) {
        assertThat(new Life(plugin).asAdmin(id, "terminate", "").status()).isIn(200, 409);
      }
    },
    CANCEL {
      @Override
      void run(TestPlugin plugin, String user, String id) {
        assertThat(new Life(plugin).cancel(user, id).status()).isIn(200, 409);
      }
    },
    CANCEL_AND_RESUME {
      @Override
      void run(TestPlugin plugin, String user, String id) {
        assertThat(new Life(plugin).cancel(user, id).status()).isIn(200, 409);
        assertThat(new Life(plugin).resume(user, id).status()).isIn(200, 409);
      }
    },
    EXTEND {
      @Override
      void run(TestPlugin plugin, String user, String id) {
        assertThat(new Life(plugin).asAdmin(id, "extend", "{\"days\": 3}").status()).isIn(200, 409);
      }
    },
    DELETE_ACCOUNT {
      @Override
      void run(TestPlugin plugin, String user, String id) {
        assertThat(plugin.call("DELETE", "/admin/api/users/" + user, "admin:root", "").status())
            .isEqualTo(204);
      }
    },
    CREDIT {
      @Override
      void run(TestPlugin plugin, String user, String id) {
        plugin.credit(user, 1);
      }
    },
    SWAP_KEY_IN_PLACE {
      @Override
      void run(TestPlugin plugin, String user, String id) {
        plugin
            .database()
            .execute(
                """
                update coding_plans.byok_key
                   set source = 'own', ciphertext = '\\x00', last_four = 'abcd', subscription_id = null
                 where user_id = ?""",
                user);
      }
    };

    abstract void run(TestPlugin plugin, String user, String id);
  }
}
