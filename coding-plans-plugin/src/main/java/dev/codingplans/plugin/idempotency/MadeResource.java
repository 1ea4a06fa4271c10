package dev.codingplans.plugin.idempotency;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** What a key made, and by which request. */
@MappedEntity("idempotency_key")
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record MadeResource(@Id UUID resourceId, byte[] requestHash) {}
