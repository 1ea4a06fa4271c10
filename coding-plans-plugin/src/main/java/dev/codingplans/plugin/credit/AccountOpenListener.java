package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;

/** May refuse that an account is opened (X6). */
@FunctionalInterface
public interface AccountOpenListener {

  /** Called within the transaction that is about to open the account. */
  void onOpening(UserId user);
}
