package dev.codingplans.plugin.credit.ladder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The discount ladder: which step a tenure has reached, and what a use costs there (D2, D3). It
 * knows no user and no clock, so that every node can ask it without the database.
 */
public final class Ladder {

  /** What a use is that does not say what it is (D1). */
  public static final String DEFAULT_CATEGORY = "hero_os_hourly";

  /** No single use costs more than ten thousand dollars (D1). */
  public static final long MAX_LIST_COST = 10_000_000_000L;

  private final List<Tier> tiers;
  private final Map<String, Boolean> discountable;

  /**
   * @param tiers from the shortest tenure to the longest
   * @param discountable the categories, and whether a discount applies to each
   */
  Ladder(List<Tier> tiers, Map<String, Boolean> discountable) {
    this.tiers = List.copyOf(tiers);
    this.discountable = Map.copyOf(discountable);
  }

  /** Returns the step that is true at an instant; tenure runs from the first paid credit. */
  public Tier tierAt(Optional<Instant> firstPaidAt, Instant at) {
    return firstPaidAt.map(start -> tierAfter(Duration.between(start, at))).orElse(Tier.NONE);
  }

  /**
   * Returns the step that comes after the one that is true at an instant, unless it is the last.
   */
  public Optional<Tier> nextTierAt(Optional<Instant> firstPaidAt, Instant at) {
    return tiers.stream()
        .filter(
            tier ->
                firstPaidAt
                    .map(start -> Duration.between(start, at).compareTo(tier.after()) < 0)
                    .orElse(true))
        .findFirst();
  }

  private Tier tierAfter(Duration tenure) {
    return tiers.reversed().stream()
        .filter(tier -> tenure.compareTo(tier.after()) >= 0)
        .findFirst()
        .orElse(Tier.NONE);
  }

  /** Returns what list costs of the category are multiplied with at an instant. */
  public BigDecimal multiplierAt(String category, Optional<Instant> firstPaidAt, Instant at) {
    return discountable.getOrDefault(category, false)
        ? tierAt(firstPaidAt, at).multiplier()
        : Tier.NONE.multiplier();
  }

  public boolean knows(String category) {
    return discountable.containsKey(category);
  }

  /** Returns what is charged: never less than a fraction of a microdollar more (D3). */
  public static long charge(long listCostMicrodollars, BigDecimal multiplier) {
    return BigDecimal.valueOf(listCostMicrodollars)
        .multiply(multiplier)
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }
}
