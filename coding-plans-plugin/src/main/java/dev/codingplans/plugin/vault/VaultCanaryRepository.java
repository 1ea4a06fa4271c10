package dev.codingplans.plugin.vault;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface VaultCanaryRepository extends GenericRepository<VaultCanaryRow, Boolean> {

  @Query(
      """
      insert into coding_plans.vault_canary (ciphertext, fingerprint)
      values (:ciphertext, :fingerprint)
      on conflict do nothing""")
  int addFirst(byte[] ciphertext, byte[] fingerprint);

  @Query("select exists (select from coding_plans.vault_canary)")
  boolean isPresent();

  @Query("select * from coding_plans.vault_canary")
  VaultCanaryRow get();
}
