package dev.codingplans.plugin.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UsageRetentionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestDatabase db = TestDatabase.fresh();

  @Test
  @DisplayName("D1 old months of records go, and their events' keys two months after them")
  void forgets() {
    TestPlugin.on(db).close();
    db.execute(
        """
        create table coding_plans.usage_record_2020_01 partition of coding_plans.usage_record
           for values from ('2020-01-01 00:00+00') to ('2020-02-01 00:00+00')""");
    db.execute(
        """
        insert into coding_plans.usage_key (event_id, accepted_at)
        values ('old', now() - interval '793 days'), ('kept', now() - interval '791 days')""");

    try (var plugin = TestPlugin.on(db)) {
      await()
          .atMost(PATIENCE)
          .until(() -> db.texts("select event_id from coding_plans.usage_key").size() == 1);

      assertThat(plugin.database().texts("select event_id from coding_plans.usage_key"))
          .containsExactly("kept");
      assertThat(db.text("select to_regclass('coding_plans.usage_record_2020_01') is null"))
          .isEqualTo("t");
    }
  }
}
