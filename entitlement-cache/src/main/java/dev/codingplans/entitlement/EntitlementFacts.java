package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Metered;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Reason;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import java.time.Instant;
import java.util.List;

/**
 * Everything known of one user that decides whose credential serves a request. Facts hold until
 * they change; a decision also depends on the time, so it is made anew for every request.
 *
 * @param providers one of each provider; of one that is missing the user never had anything
 * @param paysFromCredits whether the user wants to go on from credits where a plan does not serve
 */
public record EntitlementFacts(List<ProviderFacts> providers, boolean paysFromCredits) {

  /** The facts of a user who never had a key or a plan. */
  public static final EntitlementFacts NONE = new EntitlementFacts(List.of());

  /** The facts of a user who pays from credits for nothing that a plan was bought for. */
  public EntitlementFacts(List<ProviderFacts> providers) {
    this(providers, false);
  }

  /** Copies the list. */
  public EntitlementFacts {
    providers = List.copyOf(providers);
  }

  /** Decides whose credential serves the request at that time, for a provider the host knows. */
  public Entitlement decide(EntitlementQuery query, Instant now) {
    return switch (query.scope()) {
      case Scope.Personal personal -> decidePersonal(query, now);
      case Scope.Organisation organisation ->
          denied("Plans and keys are personal; an organisation has none.");
      case Scope.Anonymous anonymous ->
          denied("Plans and keys are personal; sign in to use yours.");
    };
  }

  private Entitlement decidePersonal(EntitlementQuery query, Instant now) {
    return switch (query.credits()) {
      case NOT_TAKEN -> decideByKey(query, now);
      case TAKEN -> orByCredits(query, decideByKey(query, now));
      case TAKEN_INSTEAD_OF_PLAN ->
          paysFromCredits
              ? new Metered()
              : denied("Your plan for " + query.provider() + " is used up for now.");
    };
  }

  private Entitlement decideByKey(EntitlementQuery query, Instant now) {
    return switch (of(query.provider())) {
      case ProviderFacts.PlanKey key -> decideByPlan(key, query, now);
      case ProviderFacts.OwnKey key ->
          key.enabled()
              ? new Entitlement.OwnKey(key.credential())
              : denied("Your own key for " + query.provider() + " is switched off.");
      case ProviderFacts.NoKey none ->
          none.everSubscribed() ? planEnded(query) : neverHadAny(query);
    };
  }

  /** A plan that is lost never silently turns into credit billing (E3). */
  private Entitlement orByCredits(EntitlementQuery query, Entitlement byKey) {
    var isMetered =
        byKey instanceof Denied && (paysFromCredits || !of(query.provider()).everSubscribed());
    return isMetered ? new Metered() : byKey;
  }

  private ProviderFacts of(ProviderId provider) {
    // One or two, as a rule: no map would find them sooner.
    for (ProviderFacts facts : providers) {
      if (facts.provider().equals(provider)) {
        return facts;
      }
    }
    return new ProviderFacts.NoKey(provider, false);
  }

  private static Entitlement decideByPlan(
      ProviderFacts.PlanKey key, EntitlementQuery query, Instant now) {
    if (!now.isBefore(key.validUntil())) {
      return planEnded(query);
    }
    if (!key.coverage().covers(query.provider(), query.model())) {
      return denied("Your plan " + key.plan() + " does not cover this model.");
    }
    return new Entitlement.PlanKey(key.credential(), key.plan(), key.validUntil());
  }

  private static Denied planEnded(EntitlementQuery query) {
    return denied("Your plan for " + query.provider() + " has ended.");
  }

  private static Denied neverHadAny(EntitlementQuery query) {
    return denied("You have neither a plan nor a key for " + query.provider() + ".");
  }

  private static Denied denied(String detail) {
    return new Denied(Reason.NO_ENTITLEMENT, detail);
  }
}
