package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;

/** Does what has to be done before anything else whenever an account is locked (X7). */
@FunctionalInterface
public interface AccountLockListener {

  /** Called within the transaction that has just locked the account. */
  void onLocked(UserId user);
}
