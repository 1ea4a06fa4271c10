package dev.codingplans.host;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.gateway.spi.identity.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whom this gateway knows, by HTTP's basic authentication. */
final class Users {

  private static final Map<String, Caller> CALLERS =
      Map.of(
          basic("ann", "apple"),
          new Caller(new UserId("ann"), Set.of(Role.USER), Map.of()),
          basic("root", "pear"),
          new Caller(new UserId("root"), Set.of(Role.ADMIN), Map.of()));

  /** As where the check of a password is slow. */
  private final LoadingCache<String, Optional<Caller>> verified =
      Caffeine.newBuilder()
          .maximumSize(1_000)
          .expireAfterWrite(Duration.ofMinutes(1))
          .build(authorization -> Optional.ofNullable(CALLERS.get(authorization)));

  Optional<Caller> verify(String authorization) {
    return verified.get(authorization);
  }

  private static String basic(String name, String password) {
    var pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
