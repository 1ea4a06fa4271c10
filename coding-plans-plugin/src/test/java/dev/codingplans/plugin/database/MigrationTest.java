package dev.codingplans.plugin.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.settings.SettingsReader;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A database that was filled by an older version, while its nodes still write. */
class MigrationTest {

  private final TestDatabase db = TestDatabase.fresh();

  @Test
  @DisplayName("indexes on existing tables are built beside writers, who get through meanwhile")
  void writersGetThrough() throws Exception {
    migrateTo("6");
    Population.due(db, "old", 500, 3 * Population.PRICE, Duration.ofHours(1));

    CompletableFuture<Void> migration;
    try (var bystander = db.connect();
        var statement = bystander.createStatement()) {
      // An index that is built beside others waits for every older snapshot.
      bystander.setAutoCommit(false);
      statement.execute("set transaction isolation level repeatable read");
      statement.execute("select advanced_seconds from coding_plans.test_clock");
      migration = CompletableFuture.runAsync(this::migrate);
      await().atMost(Duration.ofSeconds(30)).until(this::isBuildingAnIndex);

      assertThat(writeWithoutPatience()).isEqualTo(500);
      assertThat(migration).isNotDone();
      bystander.rollback();
    }
    migration.get();

    try (var plugin = TestPlugin.on(db)) {
      assertThat(new Life(plugin).sweep().get("renewed").asInt()).isEqualTo(500);
      Reconciled.assertReconciled(plugin);
    }
  }

  @Test
  @DisplayName("an index that a killed migration left unfinished is built anew")
  void unfinishedIndex() {
    migrateTo("7");
    db.execute("create index subscription_due on coding_plans.subscription (id)");

    migrate();

    assertThat(db.text("select pg_get_indexdef('coding_plans.subscription_due'::regclass)"))
        .contains("grace_ends_at");
  }

  @Test
  @DisplayName("a migration that failed half-way refuses no later start once its cause is gone")
  void failedMigration() {
    migrateTo("7");
    db.execute("create sequence coding_plans.subscription_due");
    assertThatThrownBy(this::migrate).isInstanceOf(FlywayException.class);
    db.execute("drop sequence coding_plans.subscription_due");

    migrate();

    assertThat(db.text("select pg_get_indexdef('coding_plans.subscription_due'::regclass)"))
        .contains("grace_ends_at");
  }

  private void migrateTo(String version) {
    Flyway.configure()
        .dataSource(db.url(), null, null)
        .locations("classpath:dev/codingplans/plugin/migration")
        .schemas(Migrations.SCHEMA)
        .table("schema_history")
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .target(version)
        .load()
        .migrate();
  }

  private void migrate() {
    Migrations.run(DatabaseSettings.read(new SettingsReader(Map.of("DATABASE_URL", db.url()))));
  }

  private boolean isBuildingAnIndex() {
    return !db.texts(
            """
            select phase from pg_stat_progress_create_index
             where datname = current_database() and phase like 'waiting for%'""")
        .isEmpty();
  }

  private int writeWithoutPatience() throws SQLException {
    try (var connection = db.connect();
        var statement = connection.createStatement()) {
      statement.execute("set lock_timeout = '2s'");
      return statement.executeUpdate(
          "update coding_plans.subscription set created_at = created_at - interval '1 second'");
    }
  }
}
