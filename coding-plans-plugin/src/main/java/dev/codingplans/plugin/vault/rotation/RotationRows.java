package dev.codingplans.plugin.vault.rotation;

import static dev.codingplans.plugin.vault.rotation.Ciphertexts.DATA_SOURCE;

import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.vault.KeyId;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The rotation as the database knows it: one row, worked on by the node that holds its lease. A
 * node that dies loses it by time, one that was frozen finds that it is another's.
 */
@Singleton
class RotationRows {

  private final JdbcOperations jdbc;
  private final UUID runner = UUID.randomUUID();

  RotationRows(@Named(DATA_SOURCE) JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(value = DATA_SOURCE, readOnly = true)
  public Optional<RotationRow> find() {
    return jdbc.prepareStatement(
        """
        select key_id, state, total, done, started_at, finished_at,
               coalesce(leased_until > clock_timestamp(), false) as leased
          from coding_plans.vault_rotation""",
        statement -> {
          var row = statement.executeQuery();
          return row.next() ? Optional.of(read(row)) : Optional.empty();
        });
  }

  /** Tells whether a rotation to the key runs, without a write: it is asked every few seconds. */
  @Transactional(value = DATA_SOURCE, readOnly = true)
  public boolean isWanted(KeyId key) {
    return find().filter(row -> row.running() && row.key().equals(key)).isPresent();
  }

  /** Waits for a batch under way and keeps the next from ending until the transaction does. */
  @Transactional(value = DATA_SOURCE, propagation = Propagation.MANDATORY)
  public void lock() {
    execute("set local lock_timeout = '2s'", statement -> {});
    execute("select from coding_plans.vault_rotation for update", statement -> {});
  }

  /** Begins a rotation, in place of the last one; the row is locked. */
  @Transactional(value = DATA_SOURCE, propagation = Propagation.MANDATORY)
  public void begin(KeyId key, long total) {
    execute("delete from coding_plans.vault_rotation_failure", statement -> {});
    execute(
        """
        insert into coding_plans.vault_rotation (key_id, state, total)
        values (?, 'running', ?)
        on conflict (only_row) do update
           set key_id = excluded.key_id, state = excluded.state, total = excluded.total, done = 0,
               started_at = excluded.started_at, finished_at = null, runner = null, leased_until = null""",
        statement -> {
          statement.setLong(1, key.unsigned());
          statement.setLong(2, total);
        });
  }

  /** Takes the lease of a running rotation to the key, unless another node has it. */
  @Transactional(DATA_SOURCE)
  public boolean claim(KeyId key) {
    return execute(
            """
            update coding_plans.vault_rotation
               set runner = ?, leased_until = clock_timestamp() + interval '30 seconds'
             where state = 'running' and key_id = ?
               and (runner = ? or leased_until is null or leased_until <= clock_timestamp())""",
            statement -> {
              statement.setObject(1, runner);
              statement.setLong(2, key.unsigned());
              statement.setObject(3, runner);
            })
        == 1;
  }

  /** Counts what a batch has done and renews the lease; false if it is another's by now. */
  @Transactional(value = DATA_SOURCE, propagation = Propagation.MANDATORY)
  public boolean advance(KeyId key, int done) {
    return execute(
            """
            update coding_plans.vault_rotation
               set done = done + ?, leased_until = clock_timestamp() + interval '30 seconds'
             where state = 'running' and key_id = ? and runner = ?""",
            statement -> {
              statement.setInt(1, done);
              statement.setLong(2, key.unsigned());
              statement.setObject(3, runner);
            })
        == 1;
  }

  /** Ends the rotation; what was erased meanwhile needed none. */
  @Transactional(DATA_SOURCE)
  public void finish(KeyId key) {
    execute(
        """
        update coding_plans.vault_rotation
           set state = 'done', finished_at = clock_timestamp(), leased_until = null,
               total = done + (select count(*) from coding_plans.vault_rotation_failure)
         where state = 'running' and key_id = ? and runner = ?""",
        statement -> {
          statement.setLong(1, key.unsigned());
          statement.setObject(2, runner);
        });
  }

  /** Lets another node go on at once. */
  @Transactional(DATA_SOURCE)
  public void release() {
    execute(
        "update coding_plans.vault_rotation set leased_until = null where state = 'running' and runner = ?",
        statement -> statement.setObject(1, runner));
  }

  /** Notes what cannot be decrypted, and returns what was not known yet. */
  @Transactional(value = DATA_SOURCE, propagation = Propagation.MANDATORY)
  public List<UUID> noteFailures(CiphertextColumn column, List<UUID> rows) {
    return jdbc.prepareStatement(
        """
        insert into coding_plans.vault_rotation_failure (table_name, row_id)
        select ?, unnest(?)
        on conflict do nothing
        returning row_id""",
        statement -> {
          statement.setString(1, column.table());
          Columns.of(rows).uuid(Function.identity()).bind(statement, 2);
          var row = statement.executeQuery();
          var added = new ArrayList<UUID>();
          while (row.next()) {
            added.add(row.getObject(1, UUID.class));
          }
          return added;
        });
  }

  @Transactional(value = DATA_SOURCE, readOnly = true)
  public List<FailedRow> failures(int most) {
    return jdbc.prepareStatement(
        """
        select table_name, row_id
          from coding_plans.vault_rotation_failure
         order by table_name, row_id
         limit ?""",
        statement -> {
          statement.setInt(1, most);
          var row = statement.executeQuery();
          var failures = new ArrayList<FailedRow>();
          while (row.next()) {
            failures.add(new FailedRow(row.getString(1), row.getObject(2, UUID.class)));
          }
          return failures;
        });
  }

  private int execute(String sql, Binding binding) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          binding.bind(statement);
          return statement.execute() ? 0 : statement.getUpdateCount();
        });
  }

  private static RotationRow read(ResultSet row) throws SQLException {
    return new RotationRow(
        KeyId.ofUnsigned(row.getLong("key_id")),
        row.getString("state").equals("running"),
        row.getLong("total"),
        row.getLong("done"),
        row.getTimestamp("started_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("finished_at")).map(Timestamp::toInstant),
        row.getBoolean("leased"));
  }

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }
}
