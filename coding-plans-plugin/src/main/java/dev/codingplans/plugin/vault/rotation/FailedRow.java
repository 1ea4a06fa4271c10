package dev.codingplans.plugin.vault.rotation;

import java.util.UUID;

/** A row whose ciphertext cannot be decrypted: damaged, or brought there from elsewhere. */
public record FailedRow(String table, UUID id) {}
