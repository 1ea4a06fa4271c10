package dev.codingplans.plugin.vault.rotation;

import static dev.codingplans.plugin.vault.rotation.Ciphertexts.DATA_SOURCE;

import dev.codingplans.plugin.vault.KeyId;
import dev.codingplans.plugin.vault.Keyset;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Knows which encryption keys this database has seen, and which of them something is still
 * encrypted under.
 */
@Singleton
class KeyUse {

  private final JdbcOperations jdbc;
  private final Ciphertexts ciphertexts;
  private final Keyset keyset;

  KeyUse(@Named(DATA_SOURCE) JdbcOperations jdbc, Ciphertexts ciphertexts, Keyset keyset) {
    this.jdbc = jdbc;
    this.ciphertexts = ciphertexts;
    this.keyset = keyset;
  }

  /**
   * Returns every key that a node has had here. One that was retired too: a node that still had it
   * may have written under it since.
   */
  @Transactional(value = DATA_SOURCE, readOnly = true)
  public Set<KeyId> known() {
    return jdbc.prepareStatement(
        "select id from coding_plans.vault_key",
        statement -> {
          var row = statement.executeQuery();
          var keys = new HashSet<KeyId>();
          while (row.next()) {
            keys.add(KeyId.ofUnsigned(row.getLong(1)));
          }
          return keys;
        });
  }

  /** Returns the known keys that something is encrypted under. */
  @Transactional(value = DATA_SOURCE, readOnly = true)
  public List<KeyId> inUse() {
    var keys = known();
    keys.addAll(keyset.keyIds());
    return keys.stream().filter(this::isInUse).sorted().toList();
  }

  /** Returns the keys in use that this node does not have. */
  @Transactional(value = DATA_SOURCE, readOnly = true)
  public List<KeyId> missing() {
    return known().stream()
        .filter(Predicate.not(keyset.keyIds()::contains))
        .filter(this::isInUse)
        .sorted()
        .toList();
  }

  /**
   * Remembers this node's keys, and that nothing needs older ones that it does not have: none is
   * missing. A newer one may be on its way to this node.
   */
  @Transactional(DATA_SOURCE)
  public void remember() {
    jdbc.prepareStatement(
        """
        with mine as (
          insert into coding_plans.vault_key (id)
          select id from unnest(?) with ordinality as mine (id, number) order by number
          on conflict (id) do update set retired_at = null
          returning position
        )
        update coding_plans.vault_key
           set retired_at = clock_timestamp()
         where retired_at is null and id <> all (?) and position < (select max(position) from mine)""",
        statement -> {
          var ids =
              statement
                  .getConnection()
                  .createArrayOf("bigint", keyset.keyIds().stream().map(KeyId::unsigned).toArray());
          statement.setArray(1, ids);
          statement.setArray(2, ids);
          return statement.executeUpdate();
        });
  }

  private boolean isInUse(KeyId key) {
    return CiphertextColumn.ALL.stream().anyMatch(column -> ciphertexts.exist(column, key));
  }
}
