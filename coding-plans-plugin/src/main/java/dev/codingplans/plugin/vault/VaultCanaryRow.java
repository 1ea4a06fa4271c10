package dev.codingplans.plugin.vault;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** What only the right keyset reads. */
@MappedEntity("vault_canary")
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record VaultCanaryRow(@Id boolean onlyRow, byte[] ciphertext, byte[] fingerprint) {}
