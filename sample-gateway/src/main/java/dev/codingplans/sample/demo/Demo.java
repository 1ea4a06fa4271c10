package dev.codingplans.sample.demo;

import dev.codingplans.sample.demo.provider.SimulatedMiniMax;
import dev.codingplans.sample.plugins.Plugins;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code gateway --demo} does more than {@code gateway}. */
@Singleton
@Requires(property = Demo.FLAG, value = "true")
public final class Demo {

  /**
   * The property with which the demo's beans exist. The start sets it from the command line, above
   * every other source, so that no variable and no file opens log-ins on a gateway in production.
   */
  public static final String FLAG = "sample-gateway.demo";

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final String UPSTREAM = "MINIMAX_BASE_URL";

  private final DemoTokens tokens;
  private final Plugins plugins;

  Demo(DemoTokens tokens, Plugins plugins) {
    this.tokens = tokens;
    this.plugins = plugins;
  }

  /**
   * Returns the settings that the demo adds to those that are there, and starts the simulated
   * provider if no other upstream is set.
   *
   * @param started is told what was started
   */
  public static Map<String, String> missingSettings(
      Map<String, String> settings, Consumer<AutoCloseable> started) {
    var missing = new HashMap<>(DemoSettings.missing(settings));
    if (!settings.containsKey(UPSTREAM)) {
      var provider = SimulatedMiniMax.start();
      started.accept(provider);
      missing.put(UPSTREAM, provider.address().toString());
    }
    return missing;
  }

  /** Fills the gateway that serves at this address with what can be tried, and tells how. */
  public String open(URI gateway) {
    if (plugins.consoles().isEmpty()) {
      return "There is no plugin that could be tried at " + gateway + ".";
    }
    try {
      new DemoSeed(new DemoClient(gateway, tokens)).plant();
    } catch (IllegalStateException | UncheckedIOException e) {
      LOG.error("The demo lacks some of its money or stock.", e);
    }
    return Greeting.text(gateway);
  }
}
