package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface LedgerRepository extends GenericRepository<LedgerEntry, UUID> {

  /** Writes the entry of a movement that has just been made under the account lock. */
  @Query(
      """
      insert into coding_plans.ledger_entry
             (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
      select :id, user_id, :kind, :amount, balance_microdollars, :description, :idempotencyKey, :at
        from coding_plans.credit_account
       where user_id = :user""")
  int append(
      UUID id,
      @UserIdColumn UserId user,
      String kind,
      long amount,
      String description,
      String idempotencyKey,
      Instant at);

  @Query(
      """
      select id, position, kind, amount_microdollars, balance_after_microdollars, description, created_at
        from coding_plans.ledger_entry
       where id = :id""")
  Optional<LedgerEntry> find(UUID id);

  @Query(
      """
      select id, position, kind, amount_microdollars, balance_after_microdollars, description, created_at
        from coding_plans.ledger_entry
       where user_id = :user and idempotency_key = :key""")
  Optional<LedgerEntry> find(@UserIdColumn UserId user, String key);
}
