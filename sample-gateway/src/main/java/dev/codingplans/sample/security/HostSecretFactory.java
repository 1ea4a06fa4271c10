package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.sample.settings.GatewaySettings;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the host's secret: {@code GATEWAY_SECRET}, or one of its own that it keeps. */
@Factory
final class HostSecretFactory {

  private static final Logger LOG = LoggerFactory.getLogger(HostSecretFactory.class);

  @Singleton
  HostSecret hostSecret(GatewaySettings settings, HostSecretRepository repository) {
    return settings
        .secret()
        .map(secret -> configured(secret, repository))
        .orElseGet(() -> kept(repository));
  }

  private static HostSecret configured(Secret configured, HostSecretRepository repository) {
    var secret = new HostSecret(configured);
    repository.addIfAbsent(null, secret.fingerprint());
    if (!repository.get().fingerprint().equals(secret.fingerprint())) {
      throw new InvalidSettingsException(
          List.of("GATEWAY_SECRET: the API keys in this database were made with another secret."));
    }
    return secret;
  }

  private static HostSecret kept(HostSecretRepository repository) {
    var fresh = HostSecret.fresh();
    repository.addIfAbsent(fresh.reveal(), new HostSecret(fresh).fingerprint());
    var kept = repository.get().secret();
    if (kept == null) {
      throw new InvalidSettingsException(
          List.of("GATEWAY_SECRET is required: the API keys in this database were made with it."));
    }
    LOG.info("No GATEWAY_SECRET: the host's secret is the one in the table gateway.host_secret.");
    return new HostSecret(Secret.of(kept));
  }
}
