package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;

/** Gives the new name of an account to what does not follow it by a foreign key (X6). */
@FunctionalInterface
public interface AccountRenameListener {

  /** Called within the transaction that has renamed the account. */
  void onRenamed(UserId user, UserId to);
}
