package dev.codingplans.plugin.support;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import java.util.List;
import java.util.Map;

/** A host that listens to what happens, and looks at figures. */
public record ListeningHost(
    TestHost host, List<LifecycleListener> lifecycleListeners, Meters meters)
    implements GatewayHost {

  /** Starts a node with these listeners. */
  public static TestPlugin start(
      TestDatabase database, Map<String, String> changes, LifecycleListener... listeners) {
    return start(database, changes, Meters.none(), listeners);
  }

  public static TestPlugin start(
      TestDatabase database,
      Map<String, String> changes,
      Meters meters,
      LifecycleListener... listeners) {
    var host = new TestHost(TestPlugin.settings(database, changes), List.of());
    return TestPlugin.on(database, new ListeningHost(host, List.of(listeners), meters));
  }

  @Override
  public Map<String, String> settings() {
    return host.settings();
  }

  @Override
  public Authenticator authenticator() {
    return host.authenticator();
  }
}
