package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Fills the cache page by page. Its loads take their users' places before they begin, like any
 * other, so a change meanwhile keeps them out of the cache (E8).
 */
final class WarmUp {

  private static final int PAGE = 500;

  private final Places places;
  private final Loads loads;
  private final BiConsumer<UserId, Load> alone;
  private final long mostBytes;

  /**
   * Makes a warm-up of an empty cache.
   *
   * @param alone loads a user whom a load of many left out
   */
  WarmUp(Places places, Loads loads, BiConsumer<UserId, Load> alone, CachePolicy policy) {
    this.places = places;
    this.loads = loads;
    this.alone = alone;
    this.mostBytes = policy.maxBytes() / 2;
  }

  void run() {
    var after = Optional.<UserId>empty();
    long bytes = 0;
    List<UserId> page;
    do {
      page = loads.usersAfter(after, PAGE);
      bytes += load(page);
      after = page.isEmpty() ? after : Optional.of(page.getLast());
    } while (page.size() == PAGE && bytes < mostBytes);
  }

  /** Returns what the users weigh who were not there before. */
  private long load(List<UserId> users) {
    var taken = takePlaces(users);
    return taken.isEmpty()
        ? 0
        : loads
            .beginAll(taken.keySet())
            .handle(
                (found, failure) -> failure == null ? fill(taken, found) : leave(taken, failure))
            .join();
  }

  private Map<UserId, Load> takePlaces(List<UserId> users) {
    var taken = new LinkedHashMap<UserId, Load>();
    for (UserId user : users) {
      var load = new Load();
      if (places.take(user, null, load)) {
        taken.put(user, load);
      }
    }
    return taken;
  }

  private long fill(Map<UserId, Load> taken, Map<UserId, CachedFacts> found) {
    long bytes = 0;
    for (var place : taken.entrySet()) {
      var user = place.getKey();
      var facts = found.get(user);
      if (facts == null) {
        alone.accept(user, place.getValue());
      } else {
        places.fill(user, place.getValue(), facts);
        bytes += facts.weight(user);
      }
    }
    return bytes;
  }

  private long leave(Map<UserId, Load> taken, Throwable failure) {
    taken.forEach((user, load) -> places.leave(user, load, failure));
    return 0;
  }
}
