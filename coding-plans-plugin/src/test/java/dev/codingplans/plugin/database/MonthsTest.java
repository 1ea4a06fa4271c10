package dev.codingplans.plugin.database;

import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MonthsTest {

  @Test
  @DisplayName("old months are dropped however the database finds them")
  void anyPlan() {
    var db = TestDatabase.fresh();
    TestPlugin.on(db).close();

    // Then it reads all tables before it knows which of them are months.
    var otherPlan =
        "set enable_nestloop = off; set enable_indexscan = off; set enable_mergejoin = off;";
    assertThatNoException()
        .isThrownBy(
            () -> db.execute(otherPlan + "select coding_plans.drop_audit_months('730 days')"));
    assertThatNoException()
        .isThrownBy(
            () -> db.execute(otherPlan + "select coding_plans.drop_usage_months('730 days')"));
  }
}
