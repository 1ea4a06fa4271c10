package dev.codingplans.sample.security;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface HostSecretRepository extends GenericRepository<HostSecretRow, Boolean> {

  /** Of nodes that start together, the first one's secret is everybody's. */
  @Query(
      """
      insert into gateway.host_secret (secret, fingerprint)
      values (:secret, :fingerprint)
          on conflict do nothing""")
  int addIfAbsent(@Nullable String secret, String fingerprint);

  @Query("select only_row, secret, fingerprint from gateway.host_secret")
  HostSecretRow get();
}
