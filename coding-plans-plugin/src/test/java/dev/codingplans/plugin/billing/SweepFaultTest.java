package dev.codingplans.plugin.billing;

import static dev.codingplans.plugin.support.Population.PRICE;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Fault;
import dev.codingplans.plugin.support.FaultyWire;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sweeps whose database fails them, one statement after the other. */
class SweepFaultTest {

  /** More than a sweep has, so that the loop ends. */
  private static final int MOST_STATEMENTS = 80;

  private final TestDatabase db = TestDatabase.fresh();
  private final FaultyWire wire = FaultyWire.to(db);
  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db, wire.settings(), List.of());
  }

  @AfterEach
  void stop() throws Exception {
    plugin.close();
    wire.close();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @DisplayName(
      "R2 whichever statement fails, a commit too: in the end each is charged exactly once")
  void everyStatement(Fault fault) {
    var n = 1;
    while (failsAt(n, fault)) {
      n++;
      assertThat(n).isLessThan(MOST_STATEMENTS);
    }

    assertThat(n).isGreaterThan(12);
    assertReconciled(plugin);
  }

  /** Sweeps while the n-th statement fails; tells whether there is one. */
  private boolean failsAt(int n, Fault fault) {
    var paying = Population.due(db, "paying" + n, 3, 3 * PRICE, Duration.ofHours(1));
    var poor = Population.due(db, "poor" + n, 1, PRICE - 1, Duration.ofHours(1));
    wire.failAt(n, fault);

    plugin.call("POST", "/admin/api/billing/sweep", "admin:root", "");

    var failed = wire.mend().size() == n;
    db.execute("update coding_plans.billing_failure set retry_at = clock_timestamp()");
    sweepUntilDone();
    assertThat(paying.count("balance_microdollars = " + 2 * PRICE)).isEqualTo(3);
    assertThat(paying.count("renewal_at > coding_plans.product_now()")).isEqualTo(3);
    assertThat(poor.count("status = 'past_due'")).isEqualTo(1);
    return failed;
  }

  /** The first call may still find a connection that was cut. */
  private void sweepUntilDone() {
    for (int i = 0; i < 25; i++) {
      if (plugin.call("POST", "/admin/api/billing/sweep", "admin:root", "").status() == 200) {
        return;
      }
    }
    throw new AssertionError("the database is back, and no sweep succeeds");
  }
}
