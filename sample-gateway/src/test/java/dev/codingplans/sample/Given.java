package dev.codingplans.sample;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.security.TokenIssuer;
import dev.codingplans.sample.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What tests start from. */
public final class Given {

  /** Long enough for every algorithm with a shared secret. */
  public static final String JWT_SECRET =
      "c7f3a9d2e4b85160a1b2c3d4e5f60718293a4b5c6d7e8f901a2b3c4d5e6f7081";

  private Given() {}

  /** Settings of a gateway on any free port. */
  static Map<String, Object> settings(Path pluginsFolder) {
    return new HashMap<>(
        Map.of(
            "gateway.port",
            "0",
            "gateway.plugins-dir",
            pluginsFolder.toString(),
            "database.url",
            TestDatabase.SHARED.url(),
            "jwt.secret",
            JWT_SECRET));
  }

  static SampleGateway gateway(boolean demo, Map<String, Object> settings) {
    var gateway = new SampleGateway(demo, settings);
    gateway.start();
    return gateway;
  }

  static String token(String user, Caller.Role role, Map<String, String> claims) {
    return token(JWT_SECRET, user, role, claims, Duration.ofMinutes(5));
  }

  public static String token(
      String secret,
      String user,
      Caller.Role role,
      Map<String, String> claims,
      Duration timeToLive) {
    return new TokenIssuer(Secret.of(secret), WallClock.utc())
        .issue(new Caller(new UserId(user), Set.of(role), claims), timeToLive);
  }
}
