package dev.codingplans.plugin.database;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DatabasePasswordTest {

  private static final List<String> NAMES =
      List.of("coding-plans", "coding-plans-entitlement", "coding-plans-maintenance");

  private final TestDatabase db = TestDatabase.fresh();

  @Test
  @DisplayName(
      "The password of the settings opens all connections, and a wrong one refuses the start")
  void opensAll() throws Exception {
    requirePasswordOf("guarded");

    try (var plugin = TestPlugin.on(db, settings("right"), List.of())) {
      plugin.credit("ann", 20);
      assertReconciled(plugin);
      // One that is just being opened has no name yet.
      await().untilAsserted(() -> assertThat(namesOfConnections()).isEqualTo(NAMES));
    }
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TestPlugin.on(db, settings("wrong"), List.of()))
        .withMessageContaining("DATABASE_URL");
  }

  private List<String> namesOfConnections() {
    return db.texts(
        """
        select distinct application_name from pg_stat_activity
         where usename = 'guarded' order by 1""");
  }

  /** The embedded server trusts everybody else. */
  private void requirePasswordOf(String role) throws IOException {
    db.execute("create role " + role + " superuser login password 'right'");
    var rules = Path.of(db.text("show hba_file"));
    Files.writeString(rules, "host all " + role + " all scram-sha-256\n" + Files.readString(rules));
    db.execute("select pg_reload_conf()");
  }

  private Map<String, String> settings(String password) {
    return Map.of(
        "DATABASE_URL",
        db.url().replaceFirst("\\?.*", ""),
        "DATABASE_USER",
        "guarded",
        "DATABASE_PASSWORD",
        password);
  }
}
