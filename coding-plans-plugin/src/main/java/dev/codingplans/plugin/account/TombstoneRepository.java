package dev.codingplans.plugin.account;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface TombstoneRepository extends GenericRepository<Tombstone, byte[]> {

  /** Whole seconds, as tokens have them. */
  @Query(
      """
      insert into coding_plans.account_tombstone as known (user_hash, deleted_at, deleted_in_product_time)
      values (:userHash, date_trunc('second', clock_timestamp()), :at)
          on conflict (user_hash) do update
         set deleted_at = greatest(known.deleted_at, excluded.deleted_at),
             deleted_in_product_time = greatest(known.deleted_in_product_time, excluded.deleted_in_product_time)""")
  int add(byte[] userHash, Instant at);

  @Query(
      "select user_hash, deleted_at from coding_plans.account_tombstone where user_hash = :userHash")
  Optional<Tombstone> findDeletion(byte[] userHash);

  /** Tells whether the account was deleted and there is no new one. */
  @Query(
      """
      select exists (select from coding_plans.account_tombstone where user_hash = :userHash)
         and not exists (select from coding_plans.credit_account where user_id = :user)""")
  boolean isGone(byte[] userHash, @UserIdColumn UserId user);
}
