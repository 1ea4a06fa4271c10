package dev.codingplans.plugin.credit;

import dev.codingplans.plugin.refusal.Refusal;

/**
 * Refuses what the balance would cover if nothing of it were leased. Leases pass, and are recalled
 * by whoever tries again (M1).
 */
public final class BalanceLeased extends Refusal {

  public BalanceLeased() {
    super(
        Code.UNAVAILABLE,
        "Requests that are open hold a part of the balance. Try again in a moment.");
  }
}
