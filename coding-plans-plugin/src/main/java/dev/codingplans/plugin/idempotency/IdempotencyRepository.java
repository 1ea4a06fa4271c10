package dev.codingplans.plugin.idempotency;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface IdempotencyRepository extends GenericRepository<MadeResource, UUID> {

  @Query(
      """
      select resource_id, request_hash
        from coding_plans.idempotency_key
       where scope = :scope and key_hash = :keyHash""")
  Optional<MadeResource> find(String scope, byte[] keyHash);

  @Query(
      """
      insert into coding_plans.idempotency_key (scope, key_hash, request_hash, resource_id)
      values (:scope, :keyHash, :requestHash, :resourceId)""")
  int add(String scope, byte[] keyHash, byte[] requestHash, UUID resourceId);

  @Query("delete from coding_plans.idempotency_key where scope = :scope")
  int deleteAll(String scope);
}
