package dev.codingplans.plugin.account;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.event.EntitlementChanged;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** What users want of their requests. */
@Singleton
public class Preferences {

  private final Accounts accounts;
  private final PreferenceRepository preferences;
  private final ApplicationEventPublisher<EntitlementChanged> changes;

  Preferences(
      Accounts accounts,
      PreferenceRepository preferences,
      ApplicationEventPublisher<EntitlementChanged> changes) {
    this.accounts = accounts;
    this.preferences = preferences;
    this.changes = changes;
  }

  /** Tells whether the user goes on from credits where a plan is used up or has ended (E3). */
  public boolean paysFromCredits(UserId user) {
    return preferences.paysFromCredits(user);
  }

  /** Switches that on or off. */
  @Transactional
  public void setPaysFromCredits(UserId user, boolean wanted) {
    accounts.lock(user);
    preferences.setPaysFromCredits(user, wanted);
    changes.publishEvent(new EntitlementChanged(user));
  }

  /** Forgets what a user wanted whose account goes; it is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void deleteAllOf(UserId user) {
    preferences.delete(user);
  }
}
