package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

/**
 * Fills the cache page by page. Its loads take their users' places before they begin, like any
 * other, so a change meanwhile keeps them out of the cache (E8).
 */
final class WarmUp {

  private static final int PAGE = 500;

  private final ConcurrentMap<UserId, CompletableFuture<CachedFacts>> places;
  private final Loads loads;
  private final BiConsumer<UserId, CompletableFuture<CachedFacts>> settle;
  private final long mostBytes;

  WarmUp(
      ConcurrentMap<UserId, CompletableFuture<CachedFacts>> places,
      Loads loads,
      BiConsumer<UserId, CompletableFuture<CachedFacts>> settle,
      CachePolicy policy) {
    this.places = places;
    this.loads = loads;
    this.settle = settle;
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
    loads.loadAll(taken);
    return taken.entrySet().stream()
        .mapToLong(entry -> weight(entry.getKey(), entry.getValue()))
        .sum();
  }

  private Map<UserId, CompletableFuture<CachedFacts>> takePlaces(List<UserId> users) {
    var taken = new LinkedHashMap<UserId, CompletableFuture<CachedFacts>>();
    for (UserId user : users) {
      var load = new CompletableFuture<CachedFacts>();
      if (places.putIfAbsent(user, load) == null) {
        settle.accept(user, load);
        taken.put(user, load);
      }
    }
    return taken;
  }

  private static long weight(UserId user, CompletableFuture<CachedFacts> load) {
    return load.isDone() && !load.isCompletedExceptionally() ? load.join().weight(user) : 0;
  }
}
