package dev.codingplans.sample;

import dev.codingplans.sample.database.Pools;
import dev.codingplans.sample.settings.GatewaySettings;
import dev.codingplans.sample.settings.TokenKeys;
import java.util.Map;
import java.util.TreeMap;

/** The gateway's settings as the framework calls them. */
final class MicronautProperties {

  private static final String SIGNATURES = "micronaut.security.token.jwt.signatures.";
  private static final int ANY_FREE_PORT = -1;

  private MicronautProperties() {}

  static Map<String, Object> of(GatewaySettings settings) {
    var properties = new TreeMap<String, Object>();
    properties.put("micronaut.server.host", settings.host());
    properties.put("micronaut.server.port", settings.port() == 0 ? ANY_FREE_PORT : settings.port());
    properties.putAll(Pools.properties(settings.database()));
    switch (settings.tokenKeys()) {
      case TokenKeys.Shared(var secret) -> {
        properties.put(SIGNATURES + "secret.shared.secret", secret.reveal());
        properties.put(SIGNATURES + "secret.shared.jws-algorithm", "HS256");
      }
      case TokenKeys.Published(var jwks) ->
          properties.put(SIGNATURES + "jwks.published.url", jwks.toString());
    }
    return properties;
  }
}
