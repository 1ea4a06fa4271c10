package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;

/** Knows whose account was deleted. */
@FunctionalInterface
public interface UserNames {

  /**
   * Returns what a user is called by now: whoever was deleted, and has no new account, has another
   * name.
   */
  UserId nameOf(UserId user);
}
