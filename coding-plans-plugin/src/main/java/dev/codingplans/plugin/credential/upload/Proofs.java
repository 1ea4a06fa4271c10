package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.provider.Providers;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Proves keys at their providers, at most ten at a time on this node over all uploads (I2). */
@Singleton
class Proofs {

  static final int MOST_AT_ONCE = 10;

  /** Enough for some pauses of a provider, of which each lets only a few keys be asked about. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Catalog catalog;
  private final Providers providers;
  private final UploadSettings settings;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);

  Proofs(Catalog catalog, Providers providers, UploadSettings settings) {
    this.catalog = catalog;
    this.providers = providers;
    this.settings = settings;
  }

  /**
   * Returns how keys of the plan are proven. There is no way for a provider without an adapter, nor
   * for a plan that was taken out of the catalog meanwhile, or moved to another provider: nobody
   * knows its tier any more.
   */
  Proof of(ProviderId provider, PlanId plan, StopSignal stop) {
    return catalog
        .findCredentialPlan(plan)
        .filter(known -> known.providerId().equals(provider))
        .flatMap(
            known ->
                providers
                    .verifierOf(provider)
                    .<Proof>map(
                        verifier ->
                            new AskedProof(
                                key -> verifier.verify(key, known.upstreamTitles()),
                                turns,
                                settings.backOff(),
                                PATIENCE,
                                stop)))
        .orElse(key -> Outcome.UNVERIFIED);
  }
}
