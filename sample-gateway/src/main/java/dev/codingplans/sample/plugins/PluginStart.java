package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.Registrations;
import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.SignIn;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.gateway.spi.loader.LoadedPlugin;
import dev.codingplans.sample.settings.GatewaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the plugins when the host is far enough to give them what they need. */
@Factory
final class PluginStart {

  private static final Logger LOG = LoggerFactory.getLogger(PluginStart.class);

  @Singleton
  Plugins plugins(
      LoadedPlugins loaded,
      GatewaySettings settings,
      Authenticator authenticator,
      SignIn signIn,
      ApiKeys apiKeys,
      TopUpPort topUps,
      List<LifecycleListener> listeners,
      MeterRegistry registry) {
    var policies = List.of(new KycPolicy(settings.kycFor()));
    return new Plugins(
        loaded.jars().stream()
            .map(
                plugin ->
                    start(
                        plugin,
                        new SampleHost(
                            loaded.settings(),
                            authenticator,
                            Optional.of(signIn),
                            Optional.of(apiKeys),
                            List.copyOf(policies),
                            topUps,
                            listeners,
                            new MicrometerMeters(registry, plugin.id()))))
            .toList());
  }

  private static Registrations start(LoadedPlugin plugin, GatewayHost host) {
    var registrations = plugin.start(host);
    LOG.info("Plugin {} runs, from {}.", plugin.id(), plugin.jar().getFileName());
    return registrations;
  }
}
