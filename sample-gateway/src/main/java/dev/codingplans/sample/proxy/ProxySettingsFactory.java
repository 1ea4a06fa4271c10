package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.sample.settings.GatewaySettings;
import dev.codingplans.sample.settings.TokenKeys;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** Makes the proxy's settings from the gateway's. */
@Factory
final class ProxySettingsFactory {

  private static final int KEY_BYTES = 32;

  @Singleton
  ProxySettings proxySettings(GatewaySettings gateway) {
    return new ProxySettings(
        Map.of(new ProviderId("minimax"), gateway.minimaxBaseUrl()),
        gateway.minimaxPlatformKey(),
        pseudonymKey(gateway.tokenKeys()),
        ProxySettings.Limits.DEFAULT);
  }

  /** With published keys there is no secret to derive one from: pseudonyms then last for a run. */
  private static Secret pseudonymKey(TokenKeys keys) {
    return switch (keys) {
      case TokenKeys.Shared(Secret secret) -> Pseudonyms.keyFrom(secret);
      case TokenKeys.Published published -> randomKey();
    };
  }

  private static Secret randomKey() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Secret.of(HexFormat.of().formatHex(key));
  }
}
