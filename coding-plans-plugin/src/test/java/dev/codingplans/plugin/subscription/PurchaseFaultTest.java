package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Fault;
import dev.codingplans.plugin.support.FaultyWire;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Purchases whose database fails them, one statement after the other. */
class PurchaseFaultTest {

  /** More than a purchase has, so that the loop ends. */
  private static final int MOST_STATEMENTS = 60;

  private final TestDatabase db = TestDatabase.fresh();
  private final Books books = new Books(db);
  private final FaultyWire wire = FaultyWire.to(db);
  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db, wire.settings(), List.of());
    plugin.stock(PLUS, MOST_STATEMENTS);
  }

  @AfterEach
  void stop() throws Exception {
    plugin.close();
    wire.close();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @DisplayName(
      "P1, P7 a failure at any statement leaves the whole purchase or nothing, and a retry one")
  void everyStatement(Fault fault) {
    var n = 1;
    while (failsAt(n, fault)) {
      n++;
    }

    assertThat(n).isGreaterThan(20);
    assertThat(db.text("select count(*) from coding_plans.subscription"))
        .isEqualTo(String.valueOf(n));
    assertReconciled(plugin);
  }

  /** Buys while the n-th statement fails; tells whether there is one. */
  private boolean failsAt(int n, Fault fault) {
    var user = "buyer-" + n;
    plugin.credit(user, 20);
    wire.failAt(n, fault);

    var answer = plugin.buy(user, PLUS, "key");

    var statements = wire.mend();
    if (statements.size() < n || answer.status() == 201) {
      assertThat(answer.status()).isEqualTo(201);
      books.assertBought(user);
      // What failed all the same was a statement of the node's regular work.
      return statements.size() == n;
    }
    assertThat(answer.status())
        .as("%s: %s", statements.getLast(), answer)
        .isEqualTo(fault == Fault.REFUSED ? 500 : 503);
    if (books.isUntouched(user)) {
      assertThat(plugin.buy(user, PLUS, "key").status()).isEqualTo(201);
    } else {
      // Only a commit that nobody heard of.
      assertThat(statements.getLast()).isEqualTo("COMMIT;");
      assertThat(fault).isEqualTo(Fault.CUT_AFTER);
      books.assertBought(user);
      assertThat(plugin.buy(user, PLUS, "key").status()).isEqualTo(200);
    }
    books.assertBought(user);
    return true;
  }
}
