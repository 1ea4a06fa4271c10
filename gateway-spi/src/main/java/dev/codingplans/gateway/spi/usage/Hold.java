package dev.codingplans.gateway.spi.usage;

import java.util.concurrent.CompletionStage;

/**
 * The most that one request may cost, set aside from a user's credits. Whoever was given it either
 * settles or releases it; what comes first counts, and what comes after has no effect. Both may be
 * called from any thread, and neither blocks.
 */
public interface Hold {

  /** Returns its name, under which its charge is found in the user's ledger. */
  String id();

  /**
   * Charges what the request did cost, and gives the rest back. More than was held is never
   * charged.
   *
   * @return completes once the charge cannot be lost any more
   */
  CompletionStage<Void> settle(Consumption consumption);

  /** Gives everything back: the request cost nothing. */
  void release();
}
