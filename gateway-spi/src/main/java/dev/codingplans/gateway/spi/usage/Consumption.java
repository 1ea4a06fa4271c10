package dev.codingplans.gateway.spi.usage;

/**
 * What one request consumed.
 *
 * @param tokens how many tokens went in and came out
 * @param listCostMicrodollars what they cost before any discount
 * @param estimated whether the provider did not say, or said what cannot be
 */
public record Consumption(long tokens, long listCostMicrodollars, boolean estimated) {

  /** Refuses what would give credit. */
  public Consumption {
    if (tokens < 0 || listCostMicrodollars < 0) {
      throw new IllegalArgumentException("nobody consumes less than nothing");
    }
  }
}
