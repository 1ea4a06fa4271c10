package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * Reads a user's facts from the store. The cache calls it on virtual threads of its own, several at
 * once; it may block, within bounds that it sets itself.
 */
@FunctionalInterface
public interface EntitlementLoader {

  /**
   * Returns what the store knows of the user, {@link EntitlementFacts#NONE} if nothing.
   *
   * @throws Exception if the store cannot answer now
   */
  LoadedFacts load(UserId user) throws Exception;
}
