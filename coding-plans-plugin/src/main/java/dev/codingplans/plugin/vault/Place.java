package dev.codingplans.plugin.vault;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where a ciphertext rests. It is bound to its table, row and owner, so that a copy of it decrypts
 * nowhere else.
 *
 * @param owner whose secret it is: a user, or the provider for the operator's own
 */
public record Place(String table, UUID row, String owner) {

  static final Place OF_CANARY = new Place("vault_canary", new UUID(0, 0), "coding-plans");

  /** Returns where the text of a user's own key rests. */
  public static Place ofOwnKey(UUID key, UserId user) {
    return new Place("byok_key", key, user.value());
  }

  /** Returns where the text of a credential rests: the operator's, bought from the provider. */
  public static Place ofCredential(UUID credential, ProviderId provider) {
    return new Place("credential", credential, provider.value());
  }

  /** Returns where the text of a key rests until its upload ends: the operator's, as above. */
  public static Place ofUploadLine(UUID line, ProviderId provider) {
    return new Place("upload_line", line, provider.value());
  }

  byte[] associatedData() {
    return (table + "\n" + row + "\n" + owner).getBytes(StandardCharsets.UTF_8);
  }
}
