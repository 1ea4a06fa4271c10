package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.concurrent.CompletableFuture;

/** A load that is under way: it keeps its user's place from before it begins until it is over. */
final class Load implements Place {

  private final CompletableFuture<CachedFacts> result = new CompletableFuture<>();

  /** Completes once the place is given to what was found, or left. */
  CompletableFuture<CachedFacts> result() {
    return result;
  }

  /** Nothing: it is in nobody's way, and is never evicted. */
  @Override
  public int weight(UserId user) {
    return 0;
  }

  @Override
  public boolean contains(ChangeFeed.Change change) {
    return false;
  }
}
