package dev.codingplans.plugin.vault;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.support.TestDatabase;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.UUID;

/** Many users' own keys of one provider, written to the database as the console would have. */
public final class OwnKeys {

  private OwnKeys() {}

  /** Writes the keys {@code sk-NAME-N} of users {@code NAME-N}, from 1 on. */
  public static void write(TestDatabase db, Keyset keyset, String name, int size)
      throws SQLException, GeneralSecurityException {
    var vault = new Vault(keyset);
    var users = new String[size];
    var ids = new UUID[size];
    var ciphertexts = new byte[size][];
    for (int i = 0; i < size; i++) {
      users[i] = name + "-" + (i + 1);
      ids[i] = UUID.randomUUID();
      ciphertexts[i] =
          vault.encrypt(Secret.of("sk-" + users[i]), Place.ofOwnKey(ids[i], new UserId(users[i])));
    }
    try (var connection = db.connect();
        var accounts =
            connection.prepareStatement(
                "insert into coding_plans.credit_account (user_id) select unnest(?)");
        var keys =
            connection.prepareStatement(
                """
                insert into coding_plans.byok_key
                       (id, user_id, provider_id, source, enabled, ciphertext, last_four, created_at, updated_at)
                select id, user_id, 'minimax', 'own', true, ciphertext, 'test', now(), now()
                  from unnest(?, ?, ?) as own (id, user_id, ciphertext)""")) {
      accounts.setArray(1, connection.createArrayOf("text", users));
      accounts.executeUpdate();
      keys.setArray(1, connection.createArrayOf("uuid", ids));
      keys.setArray(2, connection.createArrayOf("text", users));
      keys.setArray(3, connection.createArrayOf("bytea", ciphertexts));
      keys.executeUpdate();
    }
  }
}
