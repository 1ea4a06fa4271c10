package dev.codingplans.plugin.http.pages.keys;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.plugin.support.TestHost;
import java.util.Map;
import java.util.Optional;

/** A host that lends its API keys to the plugin's pages. */
record LendingHost(TestHost host, Optional<ApiKeys> apiKeys) implements GatewayHost {

  @Override
  public Map<String, String> settings() {
    return host.settings();
  }

  @Override
  public Authenticator authenticator() {
    return host.authenticator();
  }
}
