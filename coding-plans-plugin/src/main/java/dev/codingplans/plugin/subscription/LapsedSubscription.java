package dev.codingplans.plugin.subscription;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.UUID;

/** A subscription whose scheduled end has passed. */
@Introspected
record LapsedSubscription(UUID id, Instant endedAt) {}
