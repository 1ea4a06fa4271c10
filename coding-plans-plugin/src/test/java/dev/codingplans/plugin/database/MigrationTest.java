package dev.codingplans.plugin.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.settings.SettingsReader;
import dev.codingplans.plugin.support.Ear;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.ListeningHost;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A database that was filled by an older version, while its nodes still write. */
class MigrationTest {

  private final TestDatabase db = TestDatabase.empty();

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

      assertThat(
              writeWithoutPatience(
                  "update coding_plans.subscription set created_at = created_at - interval '1 second'"))
          .isEqualTo(500);
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
  @DisplayName("what is changed or read as a whole is so beside writers, who get through meanwhile")
  void writersGetThroughUpdates() throws Exception {
    migrateTo("12");
    Population.due(db, "old", 10, Population.PRICE, Duration.ofHours(1));
    db.execute(
        """
        insert into coding_plans.upload (id, provider_id, plan_id, mode, dry_run, state)
        values (gen_random_uuid(), 'minimax', 'any', 'partial', false, 'done')""");
    db.execute(
        """
        insert into coding_plans.credential
               (id, provider_id, plan_id, upstream_plan_id, fingerprint, status, created_at)
        values (gen_random_uuid(), 'minimax', 'any', 'upstream', '\\x01', 'revocation_pending', now())""");

    migrateTo("13");
    assertWritersGetThrough("select from coding_plans.upload for update", "13.1");
    migrateTo("14");
    assertWritersGetThrough(
        "select from coding_plans.credential where upstream_plan_id = 'upstream' for update",
        "14.1");
    migrate();

    assertThat(db.texts("select conname from pg_constraint where not convalidated")).isEmpty();
  }

  /** Keeps the migration waiting, and writes meanwhile what it does not wait for. */
  private void assertWritersGetThrough(String lock, String version) throws Exception {
    CompletableFuture<Void> migration;
    try (var bystander = db.connect();
        var statement = bystander.createStatement()) {
      bystander.setAutoCommit(false);
      statement.execute(lock);
      migration = CompletableFuture.runAsync(() -> migrateTo(version));
      await().atMost(Duration.ofSeconds(30)).until(this::isWaitingForALock);

      assertThat(
              writeWithoutPatience(
                  """
                  update coding_plans.credential set created_at = created_at - interval '1 second'
                   where status = 'assigned'"""))
          .isEqualTo(10);
      assertThat(
              writeWithoutPatience(
                  """
                  insert into coding_plans.upload (id, provider_id, plan_id, mode, dry_run, state)
                  values (gen_random_uuid(), 'minimax', 'any', 'partial', false, 'done')"""))
          .isEqualTo(1);
      assertThat(migration).isNotDone();
      bystander.rollback();
    }
    migration.get();
  }

  @Test
  @DisplayName("V1 what was to be revoked before there was a queue is in it, since access ended")
  void revocationsAreDated() {
    migrateTo("13.1");
    db.execute(
        """
        insert into coding_plans.credential
               (id, provider_id, plan_id, upstream_plan_id, fingerprint, status, access_ended_at, created_at)
        values (gen_random_uuid(), 'minimax', 'gone', 'upstream', '\\x01', 'revocation_pending',
                '2026-01-02 03:04:05Z', '2026-01-01 00:00:00Z')""");

    try (var plugin = TestPlugin.on(db)) {
      assertThat(
              plugin
                  .get("/admin/api/revocations", "admin:root")
                  .json()
                  .at("/items/0/requestedAt")
                  .asText())
          .isEqualTo("2026-01-02T03:04:05Z");
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

  @Test
  @DisplayName("I5 stock from before there was proof waits for an admin; what is sold stays sold")
  void unprovenStock() {
    migrateTo("12");
    Population.due(db, "old", 2, 0, Duration.ofHours(-1));
    db.execute(
        """
        update coding_plans.credential set verified_at = null where assigned_to = 'old-1'""");
    db.execute(
        """
        insert into coding_plans.credential
               (id, provider_id, plan_id, upstream_plan_id, fingerprint, ciphertext, status, verified_at, created_at)
        values (gen_random_uuid(), 'minimax', 'any', 'unproven', '\\x01', '\\x00', 'available', null, now()),
               (gen_random_uuid(), 'minimax', 'any', 'proven', '\\x02', '\\x00', 'available', now(), now())""");
    db.execute(
        """
        with done as (
          insert into coding_plans.upload (id, provider_id, plan_id, mode, dry_run, state)
          values (gen_random_uuid(), 'minimax', 'any', 'partial', false, 'done')
          returning id)
        insert into coding_plans.upload_line (upload_id, line, outcome)
        select id, 1, 'malformed' from done union all select id, 2, 'stored' from done""");

    migrate();

    assertThat(
            db.texts(
                """
                select status || ' ' || upstream_plan_id from coding_plans.credential
                 order by position"""))
        .containsExactly(
            "assigned upstream-1",
            "assigned upstream-2",
            "unverified unproven",
            "available proven");
    assertThat(db.text("select stored from coding_plans.upload")).isEqualTo("1");
    assertThat(
            db.text(
                """
                select convalidated from pg_constraint
                 where conname = 'credential_in_stock_is_proven'"""))
        .isEqualTo("t");
  }

  @Test
  @DisplayName("I6 ciphertexts get a type of their own, and no table is written anew for it")
  void typedCiphertexts() {
    var files =
        """
        select relname || ' ' || pg_relation_filenode(oid) from pg_class
         where oid in ('coding_plans.credential'::regclass, 'coding_plans.byok_key'::regclass)
         order by 1""";
    migrateTo("14.1");
    Population.due(db, "old", 10, Population.PRICE, Duration.ofHours(1));
    var before = db.texts(files);

    migrate();

    assertThat(db.texts(files)).isEqualTo(before);
    assertThat(db.texts("select distinct pg_typeof(ciphertext) from coding_plans.credential"))
        .containsExactly("coding_plans.ciphertext");
    assertThat(db.texts("select conname from pg_constraint where not convalidated")).isEmpty();
    assertThat(db.text("select count(*) from coding_plans.entitlement_fact")).isEqualTo("10");
  }

  @Test
  @DisplayName(
      "E4, F2 logs become months beside writers, and nothing in them is lost or done twice")
  void logsBecomeMonths() throws Exception {
    migrateTo("18");
    Population.due(db, "old", 10, Population.PRICE, Duration.ofHours(1));
    db.execute(
        """
        with written as (
          insert into coding_plans.event (user_id, type, payload, occurred_at)
          select 'old-' || n, 'credit.added', '{}', now() from generate_series(1, 10) n
          returning id, user_id)
        insert into coding_plans.event_delivery (listener, event_id, user_id)
        select 'mirror', id, user_id from written""");
    var changes = db.text("select count(*) from coding_plans.entitlement_change");
    var lastId = Long.parseLong(db.text("select max(id) from coding_plans.event"));
    migrateTo("19");
    assertWritersGetThrough("update coding_plans.event set type = type", "19.1");
    var files = filesOfLogs();
    migrate();

    assertThat(filesOfLogs()).containsAll(files);
    assertThat(db.text("select count(*) from coding_plans.entitlement_change")).isEqualTo(changes);
    var mirror = new Ear("mirror");
    try (var plugin = ListeningHost.start(db, Map.of(), mirror)) {
      plugin.credit("ann", 1);
      await().atMost(Duration.ofSeconds(30)).until(() -> mirror.count() == 11);
      assertThat(mirror.heard()).hasSize(11);
      assertThat(Long.parseLong(db.text("select max(id) from coding_plans.event")))
          .isGreaterThan(lastId);
    }
  }

  private List<String> filesOfLogs() {
    return db.texts(
        """
        select pg_relation_filenode(oid) from pg_class
         where relnamespace = 'coding_plans'::regnamespace and relkind = 'r'
           and relname ~ '^(entitlement_change|event|event_delivery)(_first)?$'""");
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

  private boolean isWaitingForALock() {
    return !db.texts(
            """
            select query from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'""")
        .isEmpty();
  }

  private int writeWithoutPatience(String sql) throws SQLException {
    try (var connection = db.connect();
        var statement = connection.createStatement()) {
      statement.execute("set lock_timeout = '2s'");
      return statement.executeUpdate(sql);
    }
  }
}
