package dev.codingplans.plugin.vault;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.vault.Vault.UndecipherableException;
import jakarta.inject.Singleton;
import java.security.MessageDigest;

/** Knows whether the vault holds the keyset that this database was encrypted under (I6). */
@Singleton
public class VaultCanary {

  private static final Secret SONG = Secret.of("the right keyset reads this");

  private final Vault vault;
  private final VaultCanaryRepository repository;

  VaultCanary(Vault vault, VaultCanaryRepository repository) {
    this.vault = vault;
    this.repository = repository;
  }

  /** Tells whether the keyset is right; the first keyset that a database sees is. */
  public boolean sings() {
    repository.addFirst(vault.encrypt(SONG, Place.OF_CANARY), vault.fingerprint(SONG));
    var row = repository.get();
    try {
      return vault.decrypt(row.ciphertext(), Place.OF_CANARY).equals(SONG)
          && MessageDigest.isEqual(vault.fingerprint(SONG), row.fingerprint());
    } catch (UndecipherableException e) {
      return false;
    }
  }
}
