package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.SignIn;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this host gives to its plugins. */
record SampleHost(
    Map<String, String> settings,
    Authenticator authenticator,
    Optional<SignIn> signIn,
    Optional<ApiKeys> apiKeys,
    List<PurchasePolicy> purchasePolicies,
    TopUpPort topUpPort,
    List<LifecycleListener> lifecycleListeners,
    Meters meters)
    implements GatewayHost {

  SampleHost {
    settings = Map.copyOf(settings);
    purchasePolicies = List.copyOf(purchasePolicies);
    lifecycleListeners = List.copyOf(lifecycleListeners);
  }

  /** Names nothing: some of the settings are secrets. */
  @Override
  public String toString() {
    return "sample gateway";
  }
}
