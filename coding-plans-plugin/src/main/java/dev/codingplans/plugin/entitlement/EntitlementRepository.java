package dev.codingplans.plugin.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** On connections of its own: whatever the console waits for, the request path does not. */
@JdbcRepository(dialect = Dialect.POSTGRES, dataSource = EntitlementRepository.DATA_SOURCE)
interface EntitlementRepository extends GenericRepository<EntitlementRow, Long> {

  String DATA_SOURCE = "entitlement";

  /**
   * Returns the user's facts and the version of the snapshot they are seen in; at least one row.
   */
  @Query(
      """
      select snapshot.version, fact.*
        from (select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) as version) snapshot
        left join coding_plans.entitlement_fact fact on fact.user_id = :user""")
  List<EntitlementRow> facts(@UserIdColumn UserId user);

  /** Returns the facts of all these users as {@link #facts} does of one; at least one row. */
  @Query(
      """
      select snapshot.version, fact.*
        from (select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) as version) snapshot
        left join coding_plans.entitlement_fact fact on fact.user_id in (:users)""")
  List<EntitlementRow> factsOfAll(@Expandable List<String> users);

  /** Returns users who have keys, those after one, in order. */
  @Query(
      """
      select distinct user_id from coding_plans.byok_key
       where user_id > :after
       order by user_id
       limit :most""")
  List<String> usersAfter(String after, int most);

  /**
   * Returns changes that were not visible in an earlier snapshot, and the snapshot they are seen
   * in: what was running then, and what has begun since.
   *
   * @param running an array of transaction ids, as text
   */
  @Query(
      """
      select snapshot.text as snapshot, snapshot.run, snapshot.now, change.user_id,
             cast(cast(change.transaction_id as text) as bigint) as transaction_id
        from (select cast(pg_current_snapshot() as text) as text,
                     cast(pg_postmaster_start_time() as text) as run,
                     coding_plans.product_now() as now) snapshot
        left join (select user_id, transaction_id
                     from coding_plans.entitlement_change
                    where transaction_id >= cast(cast(:since as text) as xid8)
                    union all
                   select user_id, transaction_id
                     from coding_plans.entitlement_change
                    where transaction_id = any (cast(:running as xid8[]))
                    limit :most) change on true""")
  List<ChangeRow> changesSince(long since, String running, int most);
}
