package dev.codingplans.gateway.spi.lifecycle;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * What a host tells a plugin of its users' accounts. The host may call it from any thread, except
 * its event loops: it writes to the plugin's store and returns when that is done.
 *
 * <pre>{@code
 * void onUserRemoved(String id) {
 *   registrations.accountHook().ifPresent(hook -> hook.accountDeleted(new UserId(id)));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface AccountHook {

  /**
   * Deletes all that the plugin has of the user: what is live ends, left-over credit is lost, and
   * the books stay without the name. Tokens of the user from before are refused from then on.
   * Calling it twice is harmless, also for a user that the plugin does not know.
   *
   * @throws RuntimeException if it cannot be done now; nothing is done then, and the host tries
   *     again later
   */
  void accountDeleted(UserId user);
}
