package dev.codingplans.gateway.spi.loader;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.GatewayPlugin;
import dev.codingplans.gateway.spi.Registrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A plugin in a class loader of its own. Not for concurrent use: one thread starts and closes it.
 * What {@link #start} returns is called directly, without a switch of the context loader.
 */
public final class LoadedPlugin implements AutoCloseable {

  private final Path jar;
  private final GatewayPlugin plugin;
  private final URLClassLoader loader;
  private final String id;
  private boolean started;

  LoadedPlugin(Path jar, GatewayPlugin plugin, URLClassLoader loader) {
    this.jar = jar;
    this.plugin = plugin;
    this.loader = loader;
    this.id = inContext(plugin::id);
  }

  /** Returns the plugin's id. */
  public String id() {
    return id;
  }

  /** Returns the jar that the plugin came from. */
  public Path jar() {
    return jar;
  }

  /** Returns what is wrong with the settings, see {@link GatewayPlugin#faults}. */
  public List<String> faults(Map<String, String> settings) {
    return inContext(() -> plugin.faults(settings));
  }

  /** Starts the plugin, see {@link GatewayPlugin#start}. */
  public Registrations start(GatewayHost host) {
    started = true;
    return inContext(() -> plugin.start(host));
  }

  /**
   * Stops the plugin, if it was started, and closes its class loader.
   *
   * @throws UncheckedIOException if the jar cannot be closed
   */
  @Override
  public void close() {
    try (loader) {
      if (started) {
        inContext(
            () -> {
              plugin.close();
              return true;
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Libraries inside the plugin look for their parts through the context loader while starting. */
  private <T> T inContext(Supplier<T> call) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
