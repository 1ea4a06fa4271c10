package dev.codingplans.plugin.credential.health;

import dev.codingplans.plugin.credential.Health;
import dev.codingplans.plugin.credential.UnhealthyListener;
import dev.codingplans.plugin.credential.health.HealthMarks.Change;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what becomes known of a credential's health, and tells who wants to know of a loss. */
@Singleton
class CredentialHealth {

  private static final Logger LOG = LoggerFactory.getLogger(CredentialHealth.class);

  private final HealthMarks marks;
  private final List<UnhealthyListener> listeners;

  CredentialHealth(HealthMarks marks, List<UnhealthyListener> listeners) {
    this.marks = marks;
    this.listeners = listeners;
  }

  /** It serves no more. Returns when everybody was told; call it outside any transaction. */
  void isLost(UUID credential, Health fault) {
    marks.mark(credential, EnumSet.complementOf(EnumSet.of(fault)), fault).ifPresent(this::tell);
  }

  /** The provider shows its quota. That is no word on requests that were turned down. */
  void hasPlan(UUID credential) {
    marks.mark(credential, EnumSet.of(Health.SUBSCRIPTION_INACTIVE), Health.HEALTHY);
  }

  /** A request with it was served. */
  void works(UUID credential) {
    marks.mark(credential, EnumSet.complementOf(EnumSet.of(Health.HEALTHY)), Health.HEALTHY);
  }

  private void tell(Change change) {
    if (!change.isLoss()) {
      return;
    }
    LOG.warn(
        "Credential {} of plan {} serves no more: {}.",
        change.credential(),
        change.plan(),
        change.after().code());
    listeners.forEach(listener -> tell(listener, change));
  }

  /** The mark is committed: what a listener cannot do now does not undo it. */
  private static void tell(UnhealthyListener listener, Change change) {
    try {
      listener.onUnhealthy(change.credential(), change.plan());
    } catch (RuntimeException e) {
      LOG.error("Nothing was done about credential {}.", change.credential(), e);
    }
  }
}
