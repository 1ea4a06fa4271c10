package dev.codingplans.gateway.spi.apikeys;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import java.util.List;
import java.util.Optional;

/**
 * The host's own API keys, with which programs call it for inference: a plugin's page lists, makes
 * and revokes them for the user whom the host's {@code Authenticator} named. The plugin keeps none
 * of them.
 *
 * <p>Called from any thread that may wait, never from an event loop: all calls may block, for as
 * long as a database takes. If nothing can be told or done now, they throw an unchecked exception,
 * and the page says that API keys are unavailable.
 *
 * <pre>{@code
 * switch (keys.create(user, Optional.of("laptop"))) {
 *   case Creation.Created(var key, var secret) -> showOnce(key, secret);
 *   case Creation.Refused(var reason, var detail) -> showFormAgain(detail);
 * }
 * }</pre>
 */
public interface ApiKeys {

  /** Returns all keys of the user that are not revoked, newest first; hosts limit how many. */
  List<ApiKey> list(UserId user);

  /**
   * Makes a key. Asked twice, it makes two.
   *
   * @param name what the user will call it; as typed, and judged by the host
   */
  Creation create(UserId user, Optional<String> name);

  /**
   * Ends a key for good, soon on all nodes of the host.
   *
   * @param id as a list gave it, or any other text
   * @return whether the user had a key of that id
   */
  boolean revoke(UserId user, String id);

  /** What became of the wish for a key. */
  sealed interface Creation {

    /**
     * There is a new key.
     *
     * @param secret its text, which is to be shown this once and nowhere kept
     */
    record Created(ApiKey key, Secret secret) implements Creation {}

    /**
     * There is none.
     *
     * @param detail a sentence for the user, without anything secret
     */
    record Refused(Reason reason, String detail) implements Creation {}
  }

  /** Why a host makes no key. */
  enum Reason {
    /** The user has as many as the host gives; revoking one helps. */
    TOO_MANY_KEYS,
    /** The host takes no such name. */
    INVALID_NAME
  }
}
