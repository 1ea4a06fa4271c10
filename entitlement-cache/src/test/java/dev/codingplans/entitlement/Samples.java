package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The values that the tests speak of. */
final class Samples {

  static final ProviderId MINIMAX = new ProviderId("minimax");
  static final PlanId PLUS = new PlanId("minimax-token-plan-plus");
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  static final UserId ALICE = new UserId("alice");
  static final UserId BOB = new UserId("bob");

  private Samples() {}

  static EntitlementFacts ownKey(String text) {
    return facts(new Key.Own(Secret.of(text), true), false);
  }

  static EntitlementFacts disabledOwnKey(String text) {
    return facts(new Key.Own(Secret.of(text), false), false);
  }

  static EntitlementFacts planKey(String text, Instant validUntil) {
    return facts(
        new Key.Plan(Secret.of(text), PLUS, Coverage.ofProvider(MINIMAX), validUntil), true);
  }

  static EntitlementFacts lostPlan() {
    return new EntitlementFacts(Map.of(MINIMAX, new ProviderFacts(Optional.empty(), true)));
  }

  static EntitlementFacts facts(Key key, boolean everSubscribed) {
    return new EntitlementFacts(
        Map.of(MINIMAX, new ProviderFacts(Optional.of(key), everSubscribed)));
  }

  static EntitlementQuery query(UserId user) {
    return new EntitlementQuery(new Scope.Personal(user), MINIMAX, "MiniMax-M2");
  }
}
