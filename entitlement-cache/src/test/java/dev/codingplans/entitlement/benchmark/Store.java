package dev.codingplans.entitlement.benchmark;

import dev.codingplans.entitlement.ChangeFeed;
import dev.codingplans.entitlement.Coverage;
import dev.codingplans.entitlement.EntitlementFacts;
import dev.codingplans.entitlement.LoadedFacts;
import dev.codingplans.entitlement.ProviderFacts;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A store in which everybody has a plan, and nothing changes. */
final class Store {

  static final int USERS = 50_000;
  static final ProviderId MINIMAX = new ProviderId("minimax");

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final PlanId PLAN = new PlanId("minimax-token-plan-plus");
  private static final Coverage COVERAGE = Coverage.ofProvider(MINIMAX);

  private Store() {}

  static UserId user(int number) {
    return new UserId("user-%08d@example.com".formatted(number));
  }

  static EntitlementQuery query(UserId user) {
    return new EntitlementQuery(new Scope.Personal(user), MINIMAX, "MiniMax-M2");
  }

  static LoadedFacts facts(UserId user) {
    var key =
        new ProviderFacts.PlanKey(
            MINIMAX,
            Secret.of("sk-of-the-operator-for-" + user),
            PLAN,
            COVERAGE,
            NOW.plus(Duration.ofDays(30)));
    return new LoadedFacts(new EntitlementFacts(List.of(key)), 1);
  }

  static ChangeFeed.Batch noChanges(ChangeFeed.Snapshot since) {
    return new ChangeFeed.Batch(List.of(), true, new ChangeFeed.Snapshot("", 2, Set.of()), NOW);
  }
}
