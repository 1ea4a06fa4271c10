package dev.codingplans.plugin.credit;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/** An account that is not charged, because its money does not add up. */
@Introspected
public record ParkedAccount(String userId, Instant parkedAt) {}
