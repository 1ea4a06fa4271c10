package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.List;

/** The values that the tests speak of. */
final class Samples {

  static final ProviderId MINIMAX = new ProviderId("minimax");
  static final PlanId PLUS = new PlanId("minimax-token-plan-plus");
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  static final UserId ALICE = new UserId("alice");
  static final UserId BOB = new UserId("bob");

  private Samples() {}

  static EntitlementFacts ownKey(String text) {
    return facts(new ProviderFacts.OwnKey(MINIMAX, Secret.of(text), true, false));
  }

  static EntitlementFacts disabledOwnKey(String text) {
    return facts(new ProviderFacts.OwnKey(MINIMAX, Secret.of(text), false, false));
  }

  static EntitlementFacts planKey(String text, Instant validUntil) {
    return facts(
        new ProviderFacts.PlanKey(
            MINIMAX, Secret.of(text), PLUS, Coverage.ofProvider(MINIMAX), validUntil));
  }

  static EntitlementFacts lostPlan() {
    return facts(new ProviderFacts.NoKey(MINIMAX, true));
  }

  static EntitlementFacts facts(ProviderFacts facts) {
    return new EntitlementFacts(List.of(facts));
  }

  static EntitlementQuery query(UserId user) {
    return new EntitlementQuery(new Scope.Personal(user), MINIMAX, "MiniMax-M2");
  }
}
