package dev.codingplans.plugin.credit.lease;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.UUID;

/**
 * A live lease.
 *
 * @param leftMicrodollars what is not charged yet
 */
public record LeaseRow(UUID id, UserId user, long leftMicrodollars) {}
