package dev.codingplans.plugin.credential.health;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.entitlement.UpstreamErrors;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
import dev.codingplans.plugin.provider.Providers;
import jakarta.inject.Singleton;

/**
 * Judges what providers answer to requests (E6). A plan's key that was rejected is a credential of
 * ours that serves no more; a user's own key is the user's business.
 */
@Singleton
public class ProviderAnswers implements UpstreamErrors {

  private static final UpstreamErrors BY_STATUS = UpstreamErrors.byStatus();

  private final Providers providers;
  private final RejectedKeys rejected;

  ProviderAnswers(Providers providers, RejectedKeys rejected) {
    this.providers = providers;
    this.rejected = rejected;
  }

  @Override
  public UpstreamVerdict judge(ProviderId provider, Entitlement used, int status, byte[] start) {
    var verdict =
        providers
            .classifierOf(provider)
            .map(classifier -> classifier.judge(status, start))
            .orElseGet(() -> BY_STATUS.judge(provider, used, status, start));
    if (verdict == UpstreamVerdict.KEY_REJECTED && used instanceof PlanKey plan) {
      rejected.report(plan.credential());
    }
    return verdict;
  }
}
