package dev.codingplans.entitlement;

import static dev.codingplans.entitlement.Samples.ALICE;
import static dev.codingplans.entitlement.Samples.MINIMAX;
import static dev.codingplans.entitlement.Samples.NOON;
import static dev.codingplans.entitlement.Samples.PLUS;
import static dev.codingplans.entitlement.Samples.disabledOwnKey;
import static dev.codingplans.entitlement.Samples.facts;
import static dev.codingplans.entitlement.Samples.lostPlan;
import static dev.codingplans.entitlement.Samples.ownKey;
import static dev.codingplans.entitlement.Samples.planKey;
import static dev.codingplans.entitlement.Samples.query;
import static dev.codingplans.gateway.spi.entitlement.EntitlementQuery.Credits.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Metered;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Reason;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntitlementFactsTest {

  private static final Secret KEY = Secret.of("sk-1");

  @Test
  @DisplayName("E1 an own key that is switched on serves every model of its provider")
  void ownKeyServes() {
    assertThat(ownKey("sk-1").decide(query(ALICE), NOON)).isEqualTo(new OwnKey(KEY));
  }

  @Test
  @DisplayName("E1 a plan's key serves the models that the plan covers")
  void planKeyServes() {
    var until = NOON.plusSeconds(60);

    assertThat(planKey("sk-1", until).decide(query(ALICE), NOON))
        .isEqualTo(new PlanKey(KEY, PLUS, until));
  }

  @Test
  @DisplayName("E1 a key serves its own provider only")
  void keyServesItsOwnProviderOnly() {
    var other =
        new EntitlementQuery(new Scope.Personal(ALICE), new ProviderId("zai"), "MiniMax-M2");

    assertDenied(ownKey("sk-1").decide(other, NOON), "You have neither a plan nor a key for zai.");
  }

  @Test
  @DisplayName("E1 a model that the plan does not cover is denied")
  void uncoveredModelIsDenied() {
    var coverage = Coverage.of(List.of("minimax/MiniMax-M3"));
    var facts =
        facts(new ProviderFacts.PlanKey(MINIMAX, KEY, PLUS, coverage, NOON.plusSeconds(60)));

    assertDenied(
        facts.decide(query(ALICE), NOON),
        "Your plan minimax-token-plan-plus does not cover this model.");
  }

  @Test
  @DisplayName("E1 who never had anything is denied")
  void nothingIsDenied() {
    assertDenied(
        EntitlementFacts.NONE.decide(query(ALICE), NOON),
        "You have neither a plan nor a key for minimax.");
  }

  @Test
  @DisplayName("E2 access lasts until the instant before its end, and ends exactly at it")
  void accessEndsExactly() {
    var facts = planKey("sk-1", NOON);

    assertThat(facts.decide(query(ALICE), NOON.minusNanos(1))).isInstanceOf(PlanKey.class);
    assertDenied(facts.decide(query(ALICE), NOON), "Your plan for minimax has ended.");
    assertDenied(facts.decide(query(ALICE), Instant.MAX), "Your plan for minimax has ended.");
  }

  @Test
  @DisplayName("E3 who lost a plan is denied")
  void lostPlanIsDenied() {
    assertDenied(lostPlan().decide(query(ALICE), NOON), "Your plan for minimax has ended.");
  }

  @Test
  @DisplayName("E3 an own key that is switched off counts as none")
  void disabledKeyIsDenied() {
    assertDenied(
        disabledOwnKey("sk-1").decide(query(ALICE), NOON),
        "Your own key for minimax is switched off.");
  }

  @Test
  @DisplayName("E1 who never had anything pays from credits what the host sells")
  void creditsPayWhereNothingElseDoes() {
    assertThat(EntitlementFacts.NONE.decide(sold(TAKEN), NOON)).isEqualTo(new Metered());
    assertThat(disabledOwnKey("sk-1").decide(sold(TAKEN), NOON)).isEqualTo(new Metered());
    assertThat(ownKey("sk-1").decide(sold(TAKEN), NOON)).isEqualTo(new OwnKey(KEY));
  }

  @Test
  @DisplayName("E3 a lost plan turns into credit billing only for who switched that on")
  void lostPlanIsPaidFromCreditsIfWanted() {
    var wanted = new EntitlementFacts(lostPlan().providers(), true);

    assertDenied(lostPlan().decide(sold(TAKEN), NOON), "Your plan for minimax has ended.");
    assertThat(wanted.decide(sold(TAKEN), NOON)).isEqualTo(new Metered());
    assertDenied(wanted.decide(query(ALICE), NOON), "Your plan for minimax has ended.");
  }

  @Test
  @DisplayName("E6 a plan that is used up is paid from credits only for who switched that on")
  void exhaustedPlanIsPaidFromCreditsIfWanted() {
    var facts = planKey("sk-1", NOON.plusSeconds(60));
    var wanted = new EntitlementFacts(facts.providers(), true);
    var again = query(ALICE).withoutPlan();

    assertDenied(facts.decide(again, NOON), "Your plan for minimax is used up for now.");
    assertThat(wanted.decide(again, NOON)).isEqualTo(new Metered());
    assertThat(wanted.decide(sold(TAKEN), NOON)).isInstanceOf(PlanKey.class);
  }

  @Test
  @DisplayName("E5 an organisation or nobody never sees a personal key")
  void otherScopesAreDenied() {
    var facts = ownKey("sk-1");

    for (Scope scope : List.of(new Scope.Organisation("acme"), new Scope.Anonymous())) {
      var decision = facts.decide(new EntitlementQuery(scope, MINIMAX, "MiniMax-M2"), NOON);

      assertThat(decision).isInstanceOf(Denied.class);
      assertThat(((Denied) decision).reason()).isEqualTo(Reason.NO_ENTITLEMENT);
    }
  }

  @Test
  @DisplayName("B2 facts never print a key")
  void factsNeverPrintAKey() {
    assertThat(ownKey("sk-1").toString()).doesNotContain("sk-1");
    assertThat(planKey("sk-1", NOON).toString()).doesNotContain("sk-1");
  }

  private static EntitlementQuery sold(EntitlementQuery.Credits credits) {
    return new EntitlementQuery(new Scope.Personal(ALICE), MINIMAX, "MiniMax-M2", credits);
  }

  private static void assertDenied(Entitlement decision, String detail) {
    assertThat(decision).isEqualTo(new Denied(Reason.NO_ENTITLEMENT, detail));
  }
}
