package dev.codingplans.plugin.vault;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where a ciphertext rests. It is bound to its table, row and owner, so that a copy of it decrypts
 * nowhere else.
 *
 * @param owner whose secret it is: a user, or the provider for the operator's own
 */
public record Place(String table, UUID row, String owner) {

  byte[] associatedData() {
    return (table + "\n" + row + "\n" + owner).getBytes(StandardCharsets.UTF_8);
  }
}
