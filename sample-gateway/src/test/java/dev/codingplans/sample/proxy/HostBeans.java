package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.sample.plugins.Plugins;
import dev.codingplans.sample.security.InferenceAuthenticator;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Puts a test's host in the place of the real one. */
@Factory
@Requires(bean = FakeHost.class)
final class HostBeans {

  @Primary
  @Singleton
  Authenticator authenticator(FakeHost host) {
    return host;
  }

  @Primary
  @Singleton
  InferenceAuthenticator inferenceAuthenticator(FakeHost host) {
    return host::authenticate;
  }

  @Primary
  @Singleton
  Plugins plugins(FakeHost host) {
    return host.plugins();
  }

  @Primary
  @Singleton
  ProxySettings settings(FakeHost host) {
    return host.settings();
  }
}
