package dev.codingplans.sample.apikeys;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** On connections of its own: whatever users do with their keys, inference does not wait for it. */
@JdbcRepository(dialect = Dialect.POSTGRES, dataSource = "inference")
interface KeyOwnerRepository extends GenericRepository<KeyOwner, UUID> {

  @Query(
      """
      select id, digest, user_id,
             coalesce(last_used_at < now() - interval '10 minutes', true) as use_is_due
        from gateway.api_key
       where digest in (:digests)""")
  List<KeyOwner> find(Collection<String> digests);

  /** Writes down that keys are in use, of each at most every ten minutes. */
  @Query(
      """
      update gateway.api_key
         set last_used_at = now()
       where id in (:ids)
         and (last_used_at is null or last_used_at < now() - interval '10 minutes')""")
  int markUsed(Collection<UUID> ids);
}
