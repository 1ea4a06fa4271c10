package dev.codingplans.plugin.vault.rotation;

import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.vault.KeyId;
import dev.codingplans.plugin.vault.Place;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What rests in the tables, by the key that it names. */
@Singleton
class Ciphertexts {

  /** What looks at everything takes longer than the console's connections allow. */
  static final String DATA_SOURCE = "maintenance";

  private final JdbcOperations jdbc;

  Ciphertexts(@Named(DATA_SOURCE) JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Tells whether anything is encrypted under the key. */
  @Transactional(value = DATA_SOURCE, propagation = Propagation.MANDATORY, readOnly = true)
  public boolean exist(CiphertextColumn column, KeyId key) {
    return jdbc.prepareStatement(
        """
        select exists (select from coding_plans.%s
                        where substring(ciphertext from 1 for 5) = ?)"""
            .formatted(column.table()),
        statement -> {
          statement.setBytes(1, key.prefix());
          var row = statement.executeQuery();
          return row.next() && row.getBoolean(1);
        });
  }

  /** Counts what is under any key but the given one. */
  @Transactional(value = DATA_SOURCE, propagation = Propagation.MANDATORY, readOnly = true)
  public long countBut(CiphertextColumn column, KeyId key) {
    return jdbc.prepareStatement(
        "select count(*) from coding_plans.%s where substring(ciphertext from 1 for 5) <> ?"
            .formatted(column.table()),
        statement -> {
          statement.setBytes(1, key.prefix());
          var row = statement.executeQuery();
          row.next();
          return row.getLong(1);
        });
  }

  /**
   * Reads what is under any key but the given one, without a lock, in the order of ids. It begins
   * with the row of the id, which is not under another key any more if it could be helped.
   */
  @Transactional(value = DATA_SOURCE, propagation = Propagation.MANDATORY)
  public List<Resting> readBut(CiphertextColumn column, KeyId key, UUID from, int most) {
    return jdbc.prepareStatement(
        """
        select %1$s as id, %2$s as owner, ciphertext
          from coding_plans.%3$s
         where substring(ciphertext from 1 for 5) <> ? and %1$s >= ?
         order by 1
         limit ?"""
            .formatted(column.id(), column.owner(), column.table()),
        statement -> {
          statement.setBytes(1, key.prefix());
          statement.setObject(2, from);
          statement.setInt(3, most);
          var row = statement.executeQuery();
          var found = new ArrayList<Resting>();
          while (row.next()) {
            var id = row.getObject(1, UUID.class);
            found.add(new Resting(id, column.placeOf(id, row.getString(2)), row.getBytes(3)));
          }
          return found;
        });
  }

  /**
   * Replaces ciphertexts that are still the same, and returns how many. Rows that others hold or
   * have just written are passed over, and what was replaced or erased meanwhile stays as it is.
   * They are found by where they lie: a table is never read through for a batch of it.
   */
  @Transactional(value = DATA_SOURCE, propagation = Propagation.MANDATORY)
  public int replace(CiphertextColumn column, List<Replacement> replacements) {
    sayThatKeysStayTheSame();
    return jdbc.prepareStatement(
        """
        with replacement as materialized (
          select * from unnest(?, ?, ?) as given (id, old, fresh)
        ), held as materialized (
          select %1$s as id, ctid as place
            from coding_plans.%2$s
           where %1$s = any (?)
             for no key update skip locked
        )
        update coding_plans.%2$s
           set ciphertext = replacement.fresh
          from held join replacement using (id)
         where %2$s.ctid = held.place and ciphertext = replacement.old"""
            .formatted(column.id(), column.table()),
        statement -> {
          var rows = Columns.of(replacements);
          rows.uuid(Replacement::id).bytes(Replacement::old).bytes(Replacement::fresh);
          rows.uuid(Replacement::id).bind(statement);
          return statement.executeUpdate();
        });
  }

  /** Only for this transaction: the triggers then tell no node to load anything anew. */
  private void sayThatKeysStayTheSame() {
    jdbc.prepareStatement(
        "select set_config('coding_plans.reencrypting', 'on', true)",
        statement -> statement.executeQuery().next());
  }

  /** A ciphertext where it rests. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  record Resting(UUID id, Place place, byte[] ciphertext) {}

  /** The same text, encrypted anew. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  record Replacement(UUID id, byte[] old, byte[] fresh) {}
}
