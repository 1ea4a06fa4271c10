package dev.codingplans.plugin.credential.revocation;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Counts what waits to be ended, beside the connections of the console. */
@Singleton
class RevocationBacklog {

  private static final String DATA_SOURCE = "maintenance";
  private static final int MOST_COUNTED = 100_000;

  private final JdbcOperations jdbc;
  private final RevocationSettings settings;

  RevocationBacklog(@Named(DATA_SOURCE) JdbcOperations jdbc, RevocationSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** The oldest come first, so that they are counted however many there are. */
  @Transactional(value = DATA_SOURCE, readOnly = true)
  public Backlog read() {
    return jdbc.prepareStatement(
        """
        select count(*) filter (where status = 'revocation_pending') as pending,
               count(*) filter (where status = 'revocation_failed') as failed,
               count(*) filter (where age >= ? * interval '1 millisecond') as overdue,
               coalesce(cast(extract(epoch from max(age)) as bigint), 0) as oldest
          from (select status, clock.now - revocation_requested_at as age
                  from coding_plans.credential
                 cross join (select coding_plans.product_now() as now) clock
                 where status in ('revocation_pending', 'revocation_failed')
                 order by revocation_requested_at, position
                 limit ?) open""",
        statement -> {
          statement.setLong(1, settings.overdue().toMillis());
          statement.setInt(2, MOST_COUNTED);
          var row = statement.executeQuery();
          row.next();
          return new Backlog(
              row.getLong("pending"),
              row.getLong("failed"),
              row.getLong("overdue"),
              row.getLong("oldest"));
        });
  }

  /** What is not ended yet. */
  record Backlog(long pending, long failed, long overdue, long oldestAgeSeconds) {

    static final Backlog NONE = new Backlog(0, 0, 0, 0);
  }
}
