package dev.codingplans.entitlement;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.codingplans.gateway.spi.identity.UserId;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One place for each user who is cached, bounded by weight. A change empties the place, so a load
 * that was under way at that moment is never stored and never found by later callers (E8).
 * Thread-safe.
 */
final class Places {

  private final ConcurrentMap<UserId, Place> places;

  Places(long maxBytes) {
    // Upkeep on the calling thread: it is short, and no thread of the host's then runs plugin code.
    this.places =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((UserId user, Place place) -> place.weight(user))
            .executor(Runnable::run)
            .build()
            .asMap();
  }

  @Nullable Place find(UserId user) {
    return places.get(user);
  }

  int size() {
    return places.size();
  }

  /** Gives the place to a load; false if it is not any more as it was found. */
  boolean take(UserId user, @Nullable Place found, Load load) {
    return found == null
        ? places.putIfAbsent(user, load) == null
        : places.replace(user, found, load);
  }

  /** Puts newer facts where others were, unless they are gone. */
  void renew(UserId user, CachedFacts known, CachedFacts found) {
    places.replace(user, known, found);
  }

  /** Puts what a load found where it was, unless a change came, and then tells its callers. */
  void fill(UserId user, Load load, CachedFacts found) {
    places.replace(user, load, found);
    load.result().complete(found);
  }

  /** Leaves the place of a load that failed, and then tells its callers. */
  void leave(UserId user, Load load, Throwable failure) {
    places.remove(user, load);
    load.result().completeExceptionally(failure);
  }

  void empty(UserId user) {
    places.remove(user);
  }

  void emptyAll() {
    places.clear();
  }

  /** Empties the place of the change's user unless the change is known there. */
  void apply(ChangeFeed.Change change) {
    var place = places.get(change.user());
    // Again if another load took the place meanwhile: it may fall back on what was there before.
    while (place != null && !place.contains(change) && !places.remove(change.user(), place)) {
      place = places.get(change.user());
    }
  }
}
