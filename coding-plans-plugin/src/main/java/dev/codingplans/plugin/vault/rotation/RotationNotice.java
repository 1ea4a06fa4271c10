package dev.codingplans.plugin.vault.rotation;

import dev.codingplans.plugin.vault.KeyId;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** Whether a rotation runs: asked every few seconds, and so by the console's connections. */
@Singleton
class RotationNotice {

  private final JdbcOperations jdbc;

  RotationNotice(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(readOnly = true)
  public boolean asksFor(KeyId key) {
    return jdbc.prepareStatement(
        "select from coding_plans.vault_rotation where state = 'running' and key_id = ?",
        statement -> {
          statement.setLong(1, key.unsigned());
          return statement.executeQuery().next();
        });
  }
}
