package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.UUID;

/**
 * One of many charges that are made together.
 *
 * @param entry the id of its ledger entry
 * @param cost what is taken, in microdollars
 * @param balanceAfter what it leaves, in microdollars
 */
public record Charge(
    UUID entry,
    UserId user,
    EntryKind kind,
    long cost,
    long balanceAfter,
    String description,
    String idempotencyKey) {

  public Charge {
    if (cost < 0 || balanceAfter < 0) {
      throw new IllegalArgumentException("a charge takes at most what is there");
    }
  }

  long balanceBefore() {
    return Math.addExact(balanceAfter, cost);
  }
}
