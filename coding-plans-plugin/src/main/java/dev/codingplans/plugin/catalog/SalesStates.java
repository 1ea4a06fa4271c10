package dev.codingplans.plugin.catalog;

import static dev.codingplans.plugin.refusal.Refusal.Code.PLAN_CLOSED;
import static dev.codingplans.plugin.refusal.Refusal.Code.PURCHASES_PAUSED;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNKNOWN_PLAN;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an admin says of the sale of plans at run time. A plan of which nothing was said is open.
 */
@Singleton
public class SalesStates {

  private final Catalog catalog;
  private final SalesStateRepository repository;

  SalesStates(Catalog catalog, SalesStateRepository repository) {
    this.catalog = catalog;
    this.repository = repository;
  }

  public SalesState of(PlanId plan) {
    return repository.find(plan).map(SalesStates::parse).orElse(SalesState.OPEN);
  }

  /** Returns the states of all plans of which something was said. */
  public Map<PlanId, SalesState> all() {
    return repository.list().stream()
        .collect(Collectors.toUnmodifiableMap(SalesStateRow::planId, row -> parse(row.state())));
  }

  /** Returns what refuses a purchase of the plan now. */
  public Optional<Refusal> refusal(PlanId plan) {
    return switch (of(plan)) {
      case OPEN -> Optional.empty();
      case PAUSED ->
          Optional.of(new Refusal(PURCHASES_PAUSED, "This plan is not sold at the moment."));
      case CLOSED -> Optional.of(new Refusal(PLAN_CLOSED, "This plan is no longer sold."));
    };
  }

  /** Changes the state; existing subscribers are not affected. */
  @Transactional
  public void set(PlanId plan, SalesState state) {
    if (catalog.find(plan).isEmpty()) {
      throw new Refusal(UNKNOWN_PLAN, "There is no plan " + plan + ".");
    }
    repository.set(plan, state.name().toLowerCase(Locale.ROOT));
  }

  private static SalesState parse(String stored) {
    return SalesState.valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
