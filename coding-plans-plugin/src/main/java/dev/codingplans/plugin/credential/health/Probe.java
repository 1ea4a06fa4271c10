package dev.codingplans.plugin.credential.health;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credential.AssignedKey;
import dev.codingplans.plugin.credential.AssignedKeys;
import dev.codingplans.plugin.credential.Health;
import dev.codingplans.plugin.provider.Providers;
import dev.codingplans.plugin.provider.QuotaReading;
import dev.codingplans.plugin.provider.QuotaReading.Failed;
import dev.codingplans.plugin.provider.QuotaReading.Failure;
import dev.codingplans.plugin.provider.QuotaReading.Inactive;
import dev.codingplans.plugin.provider.QuotaReading.KeyRejected;
import dev.codingplans.plugin.provider.QuotaReading.Windows;
import dev.codingplans.plugin.provider.Verification.Rejected;
import dev.codingplans.plugin.provider.Verification.TierMismatch;
import dev.codingplans.plugin.provider.Verification.TierUnknown;
import dev.codingplans.plugin.provider.Verification.Unreachable;
import dev.codingplans.plugin.provider.Verification.Verified;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the quota behind a credential that serves somebody; whatever it is read for, the
 * credential's health is known then. No transaction is open while the provider is asked.
 */
@Singleton
public class Probe {

  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
  private static final QuotaReading NOBODY_TO_ASK = new Failed(Failure.UNAVAILABLE);

  private final AssignedKeys keys;
  private final Providers providers;
  private final Catalog catalog;
  private final CredentialHealth health;

  Probe(AssignedKeys keys, Providers providers, Catalog catalog, CredentialHealth health) {
    this.keys = keys;
    this.providers = providers;
    this.catalog = catalog;
    this.health = health;
  }

  /** Reads it, and returns after one call; a credential that serves nobody any more has none. */
  public QuotaReading readQuota(UUID credential) {
    return keys.open(credential).map(this::readQuota).orElse(NOBODY_TO_ASK);
  }

  /** Reads it, and has a key proven that was rejected and shows a quota all the same. */
  public QuotaReading read(UUID credential) {
    return keys.open(credential).map(this::read).orElse(NOBODY_TO_ASK);
  }

  QuotaReading read(AssignedKey key) {
    var reading = readQuota(key);
    if (reading instanceof Windows && key.health() == Health.REJECTED && works(key)) {
      writeDown(key, () -> health.works(key.id()));
    }
    return reading;
  }

  private QuotaReading readQuota(AssignedKey key) {
    var reading =
        providers
            .quotaReaderOf(key.provider())
            .map(reader -> reader.read(key.text()))
            .orElse(NOBODY_TO_ASK);
    writeDown(key, () -> note(key.id(), reading));
    return reading;
  }

  private void note(UUID credential, QuotaReading reading) {
    switch (reading) {
      case Windows windows -> health.hasPlan(credential);
      case Inactive inactive -> health.isLost(credential, Health.SUBSCRIPTION_INACTIVE);
      case KeyRejected rejected -> health.isLost(credential, Health.REJECTED);
      case Failed failed -> {
        // Of the provider, not of the credential: nothing changes.
      }
    }
  }

  /** The quota's call may take a key that requests are turned down with: one token tells. */
  private boolean works(AssignedKey key) {
    var titles =
        catalog
            .findCredentialPlan(key.plan())
            .map(Plan.Credential::upstreamTitles)
            .orElse(List.of());
    return providers
        .verifierOf(key.provider())
        .map(verifier -> verifier.verify(key.text(), titles))
        .filter(
            verification ->
                switch (verification) {
                  case Verified verified -> true;
                  case TierUnknown unknown -> true;
                  case TierMismatch mismatch -> false;
                  case Rejected rejected -> false;
                  case Unreachable unreachable -> false;
                })
        .isPresent();
  }

  /** What the provider said holds even if it cannot be written down; it will say so again. */
  private static void writeDown(AssignedKey key, Runnable change) {
    try {
      change.run();
    } catch (RuntimeException e) {
      LOG.error("The health of credential {} cannot be written down.", key.id(), e);
    }
  }
}
