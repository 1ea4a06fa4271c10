package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;

/** What the cache holds of a user: facts, or the load that is to find them. */
sealed interface Place permits CachedFacts, Load {

  /** Returns about how many bytes of the heap this user takes. */
  int weight(UserId user);

  /** Tells whether the change is known here already. */
  boolean contains(ChangeFeed.Change change);
}
