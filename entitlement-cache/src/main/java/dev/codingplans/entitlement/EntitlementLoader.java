package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Returns users who have keys, for a cache that fills itself ahead of their requests: in a fixed
   * order, those after one, so many at most. A store that returns none is never asked for many.
   *
   * @throws Exception if the store cannot answer now
   */
  default List<UserId> usersAfter(Optional<UserId> user, int most) throws Exception {
    return List.of();
  }

  /**
   * Returns what the store knows of all these users, as {@link #load} does of one. It may leave
   * some out.
   *
   * @throws Exception if the store cannot answer now
   */
  default Map<UserId, LoadedFacts> loadAll(Set<UserId> users) throws Exception {
    return Map.of();
  }
}
