package dev.codingplans.plugin.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.event.LifecycleEvent.AccountParked;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the charges of an account whose money does not add up. */
@Singleton
class Parking {

  private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

  private final Accounts accounts;
  private final InvariantRepository invariants;
  private final TimeSource time;
  private final Outbox outbox;

  Parking(Accounts accounts, InvariantRepository invariants, TimeSource time, Outbox outbox) {
    this.accounts = accounts;
    this.invariants = invariants;
    this.time = time;
    this.outbox = outbox;
  }

  /** Parks the account, unless it has been put right since it was looked at. */
  @Transactional
  public void park(UserId user) {
    accounts.lock(user);
    var broken = invariants.brokenBy(user);
    if (broken.isEmpty()) {
      return;
    }
    var now = time.now();
    if (accounts.park(user, now)) {
      LOG.error("An account is parked, because its money does not add up: {}.", broken);
      outbox.append(new AccountParked(user, broken), now);
    }
  }
}
