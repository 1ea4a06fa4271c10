package dev.codingplans.plugin.credential.health;

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
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Reads the quota behind a credential that serves somebody; whatever it is read for, the
 * credential's health is known then. No transaction is open while the provider is asked.
 */
@Singleton
public class Probe {

  private static final QuotaReading NOBODY_TO_ASK = new Failed(Failure.UNAVAILABLE);

  private final AssignedKeys keys;
  private final Providers providers;
  private final CredentialHealth health;

  Probe(AssignedKeys keys, Providers providers, CredentialHealth health) {
    this.keys = keys;
    this.providers = providers;
    this.health = health;
  }

  /** Reads it; a credential that serves nobody any more has none. */
  public QuotaReading read(UUID credential) {
    return keys.open(credential).map(this::read).orElse(NOBODY_TO_ASK);
  }

  QuotaReading read(AssignedKey key) {
    var reading =
        providers
            .quotaReaderOf(key.provider())
            .map(reader -> reader.read(key.text()))
            .orElse(NOBODY_TO_ASK);
    switch (reading) {
      case Windows windows -> health.note(key.id(), Health.HEALTHY);
      case Inactive inactive -> health.note(key.id(), Health.SUBSCRIPTION_INACTIVE);
      case KeyRejected rejected -> health.note(key.id(), Health.REJECTED);
      case Failed failed -> {
        // Of the provider, not of the credential: nothing changes.
      }
    }
    return reading;
  }
}
