package dev.codingplans.gateway.spi.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A plan as a host may show it.
 *
 * @param id the plan's id
 * @param kind what is sold
 * @param provider whose credential comes with it; empty for a quota plan
 * @param name the plan's name, for people
 * @param priceMicrodollars the price of one period, in millionths of a US dollar
 * @param period how long one payment lasts, in whole days
 * @param features what the plan offers, a line each
 */
public record PlanOffer(
    PlanId id,
    Kind kind,
    Optional<ProviderId> provider,
    String name,
    long priceMicrodollars,
    Duration period,
    List<String> features) {

  /** Copies the list. */
  public PlanOffer {
    features = List.copyOf(features);
  }

  /** What a plan sells. */
  public enum Kind {
    /** The use of a provider's credential, paid again every period. */
    CREDENTIAL,
    /** A number of units to use within one period, paid once. */
    QUOTA
  }
}
