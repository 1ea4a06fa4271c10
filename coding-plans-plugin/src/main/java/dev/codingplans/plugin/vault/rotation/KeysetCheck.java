package dev.codingplans.plugin.vault.rotation;

import dev.codingplans.plugin.vault.KeyId;
import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.VaultCanary;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Collectors;

/** Knows whether a node can read everything that rests in the database, before it serves (I6). */
@Singleton
public class KeysetCheck {

  private final VaultCanary canary;
  private final KeyUse keys;
  private final Keyset keyset;

  KeysetCheck(VaultCanary canary, KeyUse keys, Keyset keyset) {
    this.canary = canary;
    this.keys = keys;
    this.keyset = keyset;
  }

  /** Returns what is wrong with the keyset, a sentence; a right one is remembered. */
  public Optional<String> fault() {
    var missing = keys.missing();
    if (!missing.isEmpty() && !Collections.disjoint(keys.known(), keyset.keyIds())) {
      return Optional.of(
          "it lacks a key that this database still needs: "
              + missing.stream().map(KeyId::toString).collect(Collectors.joining(", "))
              + "; bring it back, and retire it only once a rotation has left nothing under it.");
    }
    if (!canary.sings()) {
      return Optional.of("this database was encrypted under another keyset.");
    }
    keys.remember();
    return Optional.empty();
  }
}
