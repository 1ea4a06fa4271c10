package dev.codingplans.plugin.account;

import static dev.codingplans.plugin.refusal.Refusal.Code.UNAUTHENTICATED;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.AccountOpenListener;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.propagation.PropagatedContext;
import jakarta.inject.Singleton;

/**
 * Keeps requests that were let in before an account was deleted from opening it again after: they
 * may have waited for its lock meanwhile (X6).
 */
@Singleton
class DeletedAccounts implements AccountOpenListener {

  private final Tombstones tombstones;

  DeletedAccounts(Tombstones tombstones) {
    this.tombstones = tombstones;
  }

  @Override
  public void onOpening(UserId user) {
    PropagatedContext.getOrEmpty()
        .find(RequestCaller.class)
        .map(RequestCaller::caller)
        .filter(caller -> caller.user().equals(user))
        .ifPresent(this::require);
  }

  private void require(Caller caller) {
    if (tombstones.forbid(caller)) {
      throw new Refusal(
          UNAUTHENTICATED, "This account was deleted. Sign in again to open a new one.");
    }
  }
}
