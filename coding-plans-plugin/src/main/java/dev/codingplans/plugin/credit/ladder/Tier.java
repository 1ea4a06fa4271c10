package dev.codingplans.plugin.credit.ladder;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * A step of the discount ladder.
 *
 * @param after the tenure from which on it holds, that very instant included
 * @param multiplier what list costs are multiplied with; exact, at most one
 */
public record Tier(String name, Duration after, BigDecimal multiplier) {

  static final String NO_NAME = "none";

  /** Where everybody starts. */
  static final Tier NONE = new Tier(NO_NAME, Duration.ZERO, new BigDecimal("1.0"));
}
