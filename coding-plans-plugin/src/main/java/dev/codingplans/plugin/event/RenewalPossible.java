package dev.codingplans.plugin.event;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * Something changed that a past-due subscription of the user may have waited for: credit arrived,
 * or its cancellation was taken back. Told after the commit and before the call returns (G3, X1).
 */
public record RenewalPossible(UserId user) {}
