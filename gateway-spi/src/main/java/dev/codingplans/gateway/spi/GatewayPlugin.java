package dev.codingplans.gateway.spi;

import java.util.List;
import java.util.Map;

/**
 * What a plugin jar implements. A jar names exactly one implementation in {@code
 * META-INF/services/dev.codingplans.gateway.spi.GatewayPlugin}, public and with a public
 * constructor without parameters, and states the contract it was built for in the manifest
 * attribute {@code Gateway-Spi-Version}.
 *
 * <p>The host calls {@link #faults}, then {@link #start} once, then {@link #close} once if it was
 * started, each on the thread that starts or stops the host, with the plugin's class loader as
 * context loader.
 *
 * <pre>{@code
 * public final class EchoPlugin implements GatewayPlugin {
 *   public String id() { return "echo"; }
 *   public Registrations start(GatewayHost host) { return new Registrations(resolver, catalog, Optional.empty()); }
 *   public void close() {}
 * }
 * }</pre>
 */
public interface GatewayPlugin extends AutoCloseable {

  /** Returns the plugin's name, unique among the plugins of a host: {@code [a-z0-9][a-z0-9-]*}. */
  String id();

  /**
   * Returns everything that is wrong with the settings, a sentence each, and nothing if the plugin
   * can start with them. It has no effect that outlasts the call, so a host can show its own faults
   * and those of all plugins at once.
   *
   * @param settings see {@link GatewayHost#settings()}
   */
  default List<String> faults(Map<String, String> settings) {
    return List.of();
  }

  /**
   * Starts the plugin. It blocks until the plugin can serve.
   *
   * @throws InvalidSettingsException if the settings are at fault, with every fault found
   */
  Registrations start(GatewayHost host);

  /**
   * Stops the plugin, waits for its threads to end, and frees what it holds: its class loader is
   * closed next. The host no longer calls what was registered.
   */
  @Override
  void close();
}
