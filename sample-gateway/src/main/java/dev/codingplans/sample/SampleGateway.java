package dev.codingplans.sample;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.sample.database.EmbeddedDatabase;
import dev.codingplans.sample.database.Migrations;
import dev.codingplans.sample.database.Reachability;
import dev.codingplans.sample.demo.Demo;
import dev.codingplans.sample.plugins.LoadedPlugins;
import dev.codingplans.sample.plugins.Plugins;
import dev.codingplans.sample.proxy.ClientConnections;
import dev.codingplans.sample.proxy.Drains;
import dev.codingplans.sample.security.HostSecret;
import dev.codingplans.sample.settings.DatabaseSettings;
import dev.codingplans.sample.settings.GatewaySettings;
import dev.codingplans.sample.settings.MaskedSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: settings, database, plugins, server, in this order. It stops in the reverse
 * order, so that nothing loses what it stands on. Any thread may stop it.
 */
final class SampleGateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SampleGateway.class);

  private final StopOrder running = new StopOrder();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ApplicationContext context;
  private final Map<String, String> settings;
  private final boolean demo;

  /**
   * Reads what a gateway is configured with and starts nothing.
   *
   * @param demo whether settings that are missing are those of the demo
   * @param properties go before environment variables and files
   */
  SampleGateway(boolean demo, Map<String, Object> properties) {
    var stage = SettingsStage.read(demo, properties);
    this.context = running.add(stage.context());
    this.settings = new TreeMap<>(stage.settings());
    this.demo = demo;
  }

  /**
   * Returns once it serves, or has been stopped while it started.
   *
   * @throws StartFailure with every reason that its operator can mend
   */
  void start() {
    try {
      run();
    } catch (RuntimeException e) {
      if (running.isStopping()) {
        LOG.info("The gateway was stopped while it started.");
        return;
      }
      close();
      throw StartFailure.of(e);
    }
  }

  /** Returns where it serves. */
  URI address() {
    return context.getBean(EmbeddedServer.class).getURI();
  }

  /** Returns once it has stopped. */
  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() {
    running.stopAll();
    stopped.countDown();
  }

  private void run() {
    var written = Set.copyOf(settings.keySet());
    if (demo) {
      settings.putAll(Demo.missingSettings(settings, running::add));
    }
    var database = prepareDatabase();
    // Stopped a second time in vain, but first before the database that it stands on.
    running.add(context);
    var found = running.add(LoadedPlugins.load(GatewaySettings.pluginsFolder(settings)));
    var plugins = found.startedWith(settings);
    var checked = check(plugins, written, database.isEmpty());
    MaskedSettings.of(checked.effective(settings))
        .forEach((name, value) -> LOG.info("{} = {}", name, value));
    database.ifPresent(EmbeddedDatabase::start);
    Migrations.run(checked.database());
    serve(checked, plugins);
    if (demo) {
      Terminal.print(context.getBean(Demo.class).open(address()));
    }
  }

  /** A database of our own where none is configured; it is started when the settings are right. */
  private Optional<EmbeddedDatabase> prepareDatabase() {
    if (settings.containsKey("DATABASE_URL")) {
      return Optional.empty();
    }
    var database = running.add(new EmbeddedDatabase(GatewaySettings.dataFolder(settings)));
    settings.putAll(database.settings());
    return Optional.of(database);
  }

  private GatewaySettings check(LoadedPlugins plugins, Set<String> written, boolean databaseRuns) {
    var faults = new ArrayList<String>();
    var others = plugins.faults(GatewaySettings.pluginsFolder(settings), written);
    if (databaseRuns) {
      DatabaseSettings.find(settings).map(Reachability::faults).ifPresent(others::addAll);
    }
    try {
      var read = GatewaySettings.read(settings, demo);
      if (others.isEmpty()) {
        return read;
      }
    } catch (InvalidSettingsException e) {
      faults.addAll(e.faults());
    }
    faults.addAll(others);
    throw new InvalidSettingsException(faults.stream().distinct().toList());
  }

  private void serve(GatewaySettings checked, LoadedPlugins plugins) {
    context
        .getEnvironment()
        .addPropertySource(PropertySource.of("settings", MicronautProperties.of(checked)));
    context.registerSingleton(GatewaySettings.class, checked);
    context.registerSingleton(LoadedPlugins.class, plugins);
    context.start();
    // Its faults are the operator's to mend, as those of settings are.
    context.getBean(HostSecret.class);
    // Plugins first: the server accepts nobody before they can answer.
    if (context.getBean(Plugins.class).entitlements().isEmpty()) {
      LOG.warn("No plugin in {}: this is a plain gateway.", checked.pluginsFolder());
    }
    var server = context.getBean(EmbeddedServer.class);
    running.add(
        new ServerStop(
            server,
            context.getBean(GracefulShutdownManager.class),
            context.getBean(ClientConnections.class),
            context.getBean(Drains.class)));
    server.start();
    LOG.info("The gateway serves at {}.", server.getURI());
  }
}
