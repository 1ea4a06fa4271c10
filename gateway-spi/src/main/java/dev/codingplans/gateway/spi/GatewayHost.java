package dev.codingplans.gateway.spi;

import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.SignIn;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host gives to a plugin. Everything in it can be called from any thread for as long as the
 * plugin runs.
 */
public interface GatewayHost {

  /**
   * Returns the settings of the whole gateway by the names of environment variables, for example
   * {@code CODING_PLANS_GRACE}. They are read once, at start. Some of the values are secrets: a
   * plugin neither logs nor shows them.
   */
  Map<String, String> settings();

  /** Returns who answers the question who sends a request to the plugin's {@code Console}. */
  Authenticator authenticator();

  /**
   * Returns where a browser signs in and out; empty if the host has no such place, and pages then
   * answer 401 to whom the {@code Authenticator} does not know.
   */
  default Optional<SignIn> signIn() {
    return Optional.empty();
  }

  /** Returns the host's own API keys, if users are to see and make them on a plugin's page. */
  default Optional<ApiKeys> apiKeys() {
    return Optional.empty();
  }

  /** Returns what may veto a purchase, asked in this order; the first veto decides. */
  default List<PurchasePolicy> purchasePolicies() {
    return List.of();
  }

  /**
   * Returns what collects credit from users who switched that on; without one nothing is collected.
   */
  default TopUpPort topUpPort() {
    return TopUpPort.none();
  }

  /** Returns who is told of what happens, each in a queue of its own and with a name of its own. */
  default List<LifecycleListener> lifecycleListeners() {
    return List.of();
  }

  /** Returns where the plugin reports its figures. */
  default Meters meters() {
    return Meters.none();
  }
}
