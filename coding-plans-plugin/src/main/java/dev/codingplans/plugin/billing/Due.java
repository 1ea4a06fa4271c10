package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.UUID;

/** A subscription that was due when it was read, without a lock; and its place in the order. */
record Due(UUID id, UserId user, Instant at) {}
