package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.sample.security.HostSecret;
import dev.codingplans.sample.settings.GatewaySettings;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.Map;

/** Makes the proxy's settings from the gateway's. */
@Factory
final class ProxySettingsFactory {

  @Singleton
  ProxySettings proxySettings(GatewaySettings gateway, HostSecret secret) {
    return new ProxySettings(
        Map.of(new ProviderId("minimax"), gateway.minimaxBaseUrl()),
        gateway.minimaxPlatformKey(),
        secret.keyFor("provider pseudonyms"),
        ProxySettings.Limits.DEFAULT
            .withOpenRequests(gateway.openRequests(), gateway.openRequestsPerUser())
            .withConnectionsPerProvider(gateway.connectionsPerProvider()),
        gateway.modelPrices());
  }
}
