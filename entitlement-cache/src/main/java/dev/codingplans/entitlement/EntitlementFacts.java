package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Metered;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Reason;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import java.time.Instant;
import java.util.Map;

/**
 * Everything known of one user that decides whose credential serves a request. Facts hold until
 * they change; a decision also depends on the time, so it is made anew for every request.
 *
 * @param providers by provider; one that is missing is one of which the user never had anything
 * @param paysFromCredits whether the user wants to go on from credits where a plan does not serve
 */
public record EntitlementFacts(Map<ProviderId, ProviderFacts> providers, boolean paysFromCredits) {

  /** The facts of a user who never had a key or a plan. */
  public static final EntitlementFacts NONE = new EntitlementFacts(Map.of());

  /** The facts of a user who pays from credits for nothing that a plan was bought for. */
  public EntitlementFacts(Map<ProviderId, ProviderFacts> providers) {
    this(providers, false);
  }

  /** Copies the map. */
  public EntitlementFacts {
    providers = Map.copyOf(providers);
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
    var facts = of(query.provider());
    if (facts.key().isEmpty()) {
      return facts.everSubscribed() ? planEnded(query) : neverHadAny(query);
    }
    return switch (facts.key().get()) {
      case Key.Own own ->
          own.enabled()
              ? new OwnKey(own.credential())
              : denied("Your own key for " + query.provider() + " is switched off.");
      case Key.Plan plan -> decideByPlan(plan, query, now);
    };
  }

  /** A plan that is lost never silently turns into credit billing (E3). */
  private Entitlement orByCredits(EntitlementQuery query, Entitlement byKey) {
    var isMetered =
        byKey instanceof Denied && (paysFromCredits || !of(query.provider()).everSubscribed());
    return isMetered ? new Metered() : byKey;
  }

  private ProviderFacts of(ProviderId provider) {
    return providers.getOrDefault(provider, ProviderFacts.NONE);
  }

  private static Entitlement decideByPlan(Key.Plan key, EntitlementQuery query, Instant now) {
    if (!now.isBefore(key.validUntil())) {
      return planEnded(query);
    }
    if (!key.coverage().covers(query.provider(), query.model())) {
      return denied("Your plan " + key.plan() + " does not cover this model.");
    }
    return new PlanKey(key.credential(), key.plan(), key.validUntil());
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
