package dev.codingplans.plugin.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * An account that was deleted.
 *
 * @param userHash whose it was, as a keyed hash
 * @param deletedAt when, to the second
 */
@MappedEntity("account_tombstone")
@SuppressWarnings("ArrayRecordComponent") // Never compared: it is a row.
record Tombstone(@Id byte[] userHash, Instant deletedAt) {}
