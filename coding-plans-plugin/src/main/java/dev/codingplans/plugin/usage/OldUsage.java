package dev.codingplans.plugin.usage;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** What is kept longer than the records of usage, and goes row by row. */
@Singleton
class OldUsage {

  /** Beside the console's connections. */
  private static final String DATA_SOURCE = "maintenance";

  private static final int PAGE = 10_000;

  private final JdbcOperations jdbc;
  private final UsageSettings settings;

  OldUsage(@Named(DATA_SOURCE) JdbcOperations jdbc, UsageSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /**
   * Forgets some of the events that are so old that their records would be quarantined, with what
   * was quarantined as long ago; tells whether there may be more.
   */
  @Transactional(DATA_SOURCE)
  public boolean forget() {
    return jdbc.prepareStatement(
        """
        with old as (
          select event_id
            from coding_plans.usage_key
           where accepted_at < clock_timestamp() - ? * interval '1 second'
           limit ?
        ), gone as (
          delete from coding_plans.usage_quarantine using old
           where usage_quarantine.event_id = old.event_id
        ), forgotten as (
          delete from coding_plans.usage_key using old
           where usage_key.event_id = old.event_id
             and not exists (select from coding_plans.usage_inbox waiting
                              where waiting.event_id = old.event_id)
          returning usage_key.event_id
        )
        select count(*) from forgotten""",
        statement -> {
          statement.setLong(1, settings.keyRetention().toSeconds());
          statement.setInt(2, PAGE);
          var row = statement.executeQuery();
          row.next();
          return row.getInt(1) == PAGE;
        });
  }
}
