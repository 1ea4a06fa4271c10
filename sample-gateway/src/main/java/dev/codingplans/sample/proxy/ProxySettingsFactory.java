package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the proxy's settings from the gateway's. */
@Factory
final class ProxySettingsFactory {

  @Singleton
  ProxySettings proxySettings(
      @Property(name = "minimax.base-url", defaultValue = "https://api.minimax.io") URI minimax,
      @Property(name = "minimax.platform-key") @Nullable String platformKey,
      @Property(name = "jwt.secret") String jwtSecret) {
    return new ProxySettings(
        Map.of(new ProviderId("minimax"), minimax),
        Optional.ofNullable(platformKey).map(Secret::of),
        Pseudonyms.keyFrom(Secret.of(jwtSecret)),
        ProxySettings.Limits.DEFAULT);
  }
}
