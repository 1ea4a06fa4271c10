package dev.codingplans.plugin.subscription;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SwapRepository extends GenericRepository<Subscription, UUID> {

  /** Locks the subscription and returns the credential that serves it. */
  @Query(
      """
      select credential_id
        from coding_plans.subscription
       where id = :id and status in ('active', 'past_due')
         for update""")
  Optional<UUID> lockCredentialOf(UUID id);

  @Query(
      """
      update coding_plans.subscription
         set credential_id = :to
       where id = :id and credential_id = :from and status in ('active', 'past_due')""")
  int exchange(UUID id, UUID from, UUID to);
}
