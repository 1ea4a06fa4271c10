package dev.codingplans.plugin.catalog;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Something that is sold. */
public sealed interface Plan {

  PlanId id();

  String name();

  long priceMicrodollars();

  int periodDays();

  /** Returns what the plan offers, a line each, as customers read it. */
  List<String> features();

  /** Returns the plan as a host may show it. */
  PlanOffer offer();

  default Duration period() {
    return Duration.ofDays(periodDays());
  }

  /**
   * The use of a provider's credential, paid again every period.
   *
   * @param models what it covers: {@code provider/model}, or {@code provider/*} for all
   * @param upstreamTitles the names under which the provider sells this tier
   * @param lowStock how many in stock are few
   */
  record Credential(
      PlanId id,
      Provider provider,
      String name,
      long priceMicrodollars,
      int periodDays,
      List<String> copy,
      List<String> models,
      List<String> upstreamTitles,
      int lowStock)
      implements Plan {

    /** What is true of every credential plan (C1). */
    private static final List<String> ALWAYS =
        List.of("automatic key set-up", "one quota shared by all models of the provider");

    /** Returns the plan's name with its provider's, as the ledger names it (L4). */
    public String fullName() {
      return provider.name() + " " + name;
    }

    public ProviderId providerId() {
      return provider.id();
    }

    @Override
    public List<String> features() {
      return Stream.concat(copy.stream(), ALWAYS.stream()).toList();
    }

    @Override
    public PlanOffer offer() {
      return new PlanOffer(
          id,
          PlanOffer.Kind.CREDENTIAL,
          Optional.of(provider.id()),
          name,
          priceMicrodollars,
          period(),
          features());
    }
  }

  /**
   * A number of units to use within one period, paid once.
   *
   * @param unit what is counted, for example {@code vm}
   * @param units how many of them
   */
  record Quota(
      PlanId id,
      String name,
      long priceMicrodollars,
      int periodDays,
      List<String> copy,
      String unit,
      int units)
      implements Plan {

    @Override
    public List<String> features() {
      return copy;
    }

    @Override
    public PlanOffer offer() {
      return new PlanOffer(
          id,
          PlanOffer.Kind.QUOTA,
          Optional.empty(),
          name,
          priceMicrodollars,
          period(),
          features());
    }
  }
}
