package dev.codingplans.gateway.spi.loader;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.identity.Authenticator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A host that has no settings and knows nobody. */
final class BareHost implements GatewayHost {

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Authenticator authenticator() {
    return head -> CompletableFuture.completedFuture(Optional.empty());
  }
}
