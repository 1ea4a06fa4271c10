package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * A record that has been charged.
 *
 * @param entry its ledger entry
 * @param multiplier what its list cost was multiplied with
 * @param chargeMicrodollars what it costs
 * @param uncollectedMicrodollars what of that the balance did not cover (D7)
 * @param balanceAfterMicrodollars what is left
 */
public record ChargedUsage(
    UUID entry,
    UserId user,
    String eventId,
    Optional<UUID> lease,
    BigDecimal multiplier,
    long chargeMicrodollars,
    long uncollectedMicrodollars,
    long balanceAfterMicrodollars) {

  /** Returns what was taken from the balance. */
  public long collectedMicrodollars() {
    return chargeMicrodollars - uncollectedMicrodollars;
  }
}
