package dev.codingplans.plugin.vault.rotation;

import dev.codingplans.plugin.vault.KeyId;
import java.time.Instant;
import java.util.Optional;

/**
 * The last rotation.
 *
 * @param key under which everything is to be
 * @param leased whether a node is at work
 */
record RotationRow(
    KeyId key,
    boolean running,
    long total,
    long done,
    Instant startedAt,
    Optional<Instant> finishedAt,
    boolean leased) {}
