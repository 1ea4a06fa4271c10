package dev.codingplans.plugin.http.pages.keys;

import dev.codingplans.gateway.spi.apikeys.ApiKey;
import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys in memory: two for each user, and of no name that ends in a question mark. */
final class FewKeys implements ApiKeys {

  static final String FULL = "Two <b>keys</b> are all there are.";
  static final String ODD = "No name ends so.";
  private static final int MOST = 2;

  private final Map<UserId, List<ApiKey>> keys = new HashMap<>();
  private int made;
  private boolean isAway;

  /** Lets every call fail from now on, or not any more. */
  synchronized void setAway(boolean away) {
    isAway = away;
  }

  @Override
  public synchronized List<ApiKey> list(UserId user) {
    if (isAway) {
      throw new IllegalStateException("away, with details");
    }
    return List.copyOf(keys.getOrDefault(user, List.of()));
  }

  @Override
  public synchronized Creation create(UserId user, Optional<String> name) {
    if (name.filter(text -> text.endsWith("?")).isPresent()) {
      return new Creation.Refused(Reason.INVALID_NAME, ODD);
    }
    var own = keys.computeIfAbsent(user, owner -> new ArrayList<>());
    if (own.size() == MOST) {
      return new Creation.Refused(Reason.TOO_MANY_KEYS, FULL);
    }
    made++;
    var at = Instant.parse("2026-01-02T03:04:05Z");
    var key = new ApiKey("id-" + made, name, "gw_" + made, at, Optional.empty());
    own.addFirst(key);
    return new Creation.Created(key, Secret.of("gw_" + made + "_canary"));
  }

  @Override
  public synchronized boolean revoke(UserId user, String id) {
    return keys.getOrDefault(user, List.of()).removeIf(key -> key.id().equals(id));
  }
}
