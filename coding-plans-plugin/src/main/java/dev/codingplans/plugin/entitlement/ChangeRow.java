package dev.codingplans.plugin.entitlement;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One change of the log, or none, beside the snapshot that the log was read in. */
@Introspected
record ChangeRow(
    long horizon,
    long snapshotEnd,
    Instant now,
    @Nullable Long changeId,
    @Nullable String userId,
    @Nullable Long transactionId) {}
