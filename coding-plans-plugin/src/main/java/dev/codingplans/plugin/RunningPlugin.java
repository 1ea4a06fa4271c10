package dev.codingplans.plugin;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.Registrations;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.plugin.account.AccountDeletion;
import dev.codingplans.plugin.admin.DatabaseWatch;
import dev.codingplans.plugin.admin.RegularReconciliation;
import dev.codingplans.plugin.audit.AuditRetention;
import dev.codingplans.plugin.billing.SweepSchedule;
import dev.codingplans.plugin.credential.health.HealthSchedule;
import dev.codingplans.plugin.credential.health.ProviderAnswers;
import dev.codingplans.plugin.credential.level.StockWatch;
import dev.codingplans.plugin.credential.revocation.AutomaticRevocation;
import dev.codingplans.plugin.credential.revocation.RevocationGauges;
import dev.codingplans.plugin.credential.upload.UploadWorker;
import dev.codingplans.plugin.database.DatabaseSettings;
import dev.codingplans.plugin.database.Migrations;
import dev.codingplans.plugin.entitlement.ChangeRetention;
import dev.codingplans.plugin.entitlement.Entitlements;
import dev.codingplans.plugin.event.delivery.Deliveries;
import dev.codingplans.plugin.event.delivery.EventSettings;
import dev.codingplans.plugin.event.delivery.HostListeners;
import dev.codingplans.plugin.http.ConsoleServer;
import dev.codingplans.plugin.http.ConsoleSettings;
import dev.codingplans.plugin.http.ServerThreads;
import dev.codingplans.plugin.http.pages.HostPages;
import dev.codingplans.plugin.payment.RefundWork;
import dev.codingplans.plugin.subscription.AutomaticSwaps;
import dev.codingplans.plugin.subscription.PurchasePolicies;
import dev.codingplans.plugin.time.TestClock;
import dev.codingplans.plugin.usage.LadderTick;
import dev.codingplans.plugin.usage.UsageIntake;
import dev.codingplans.plugin.usage.UsageRetention;
import dev.codingplans.plugin.usage.hold.LeaseUpkeep;
import dev.codingplans.plugin.usage.hold.LeasedCredits;
import dev.codingplans.plugin.vault.FreshKeyset;
import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.rotation.KeysetCheck;
import dev.codingplans.plugin.vault.rotation.RotationWorker;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.core.io.scan.ClassPathResourceLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin while it runs: an application context of its own. */
final class RunningPlugin implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningPlugin.class);

  /** One for the console, one for the request path, one for what looks at everything. */
  private static final List<String> DATA_SOURCES = List.of("default", "entitlement", "maintenance");

  private final ApplicationContext context;
  private final Registrations registrations;

  private RunningPlugin(ApplicationContext context, Registrations registrations) {
    this.context = context;
    this.registrations = registrations;
  }

  static RunningPlugin start(PluginSettings settings, GatewayHost host) {
    requireDistinctNames(new HostListeners(host.lifecycleListeners()), settings.events());
    migrate(settings.database());
    var context = context(settings, host);
    try {
      context.start();
      context.registerSingleton(Keyset.class, keyset(settings, context));
      requireRightKeyset(context.getBean(KeysetCheck.class));
      requireUnmovedTime(context.getBean(TestClock.class));
      if (settings.time().testClock()) {
        LOG.warn(
            "THE TEST CLOCK IS ON: admins can move time, and with it charges. Never run real users on it.");
      }
      var entitlements = context.getBean(Entitlements.class).start();
      context.getBean(DatabaseWatch.class).start();
      context.getBean(RegularReconciliation.class).start();
      context.getBean(RotationWorker.class).start();
      context.getBean(AuditRetention.class).start();
      context.getBean(UsageRetention.class).start();
      context.getBean(ChangeRetention.class).start();
      var console = context.getBean(ConsoleServer.class).start();
      context.getBean(SweepSchedule.class).start();
      context.getBean(RefundWork.class).start();
      var usage = context.getBean(UsageIntake.class);
      usage.start();
      context.getBean(LadderTick.class).start();
      context.getBean(LeaseUpkeep.class).start();
      context.getBean(HealthSchedule.class).start();
      context.getBean(Deliveries.class).start();
      context.getBean(StockWatch.class).start();
      context.getBean(RevocationGauges.class).start();
      context.getBean(AutomaticRevocation.class).start();
      context.getBean(AutomaticSwaps.class).start();
      context.getBean(UploadWorker.class).start();
      return new RunningPlugin(
          context,
          new Registrations(
              entitlements,
              settings.catalog(),
              Optional.of(console),
              Optional.of(context.getBean(AccountDeletion.class)::delete),
              context.getBean(ProviderAnswers.class),
              Optional.of(usage),
              context.getBean(LeasedCredits.class)));
    } catch (RuntimeException e) {
      stop(context);
      throw e;
    }
  }

  Registrations registrations() {
    return registrations;
  }

  @Override
  public void close() {
    stop(context);
  }

  /** The host closes the class loader next: a thread that still ran would miss classes. */
  private static void stop(ApplicationContext context) {
    var threads =
        context.isRunning()
            ? context.findBean(ServerThreads.class)
            : Optional.<ServerThreads>empty();
    threads.ifPresent(ServerThreads::end);
    context.close();
    threads.ifPresent(ServerThreads::awaitEnd);
  }

  private static void migrate(DatabaseSettings database) {
    try {
      Migrations.run(database);
    } catch (FlywayException e) {
      LOG.error("The database could not be prepared.", e);
      throw new InvalidSettingsException(
          List.of("DATABASE_URL: the database cannot be reached or prepared; the log says why."));
    }
  }

  private static ApplicationContext context(PluginSettings settings, GatewayHost host) {
    return ApplicationContext.builder(RunningPlugin.class.getClassLoader())
        // The host's environment is the host's: the plugin takes nothing but what it is given.
        .deduceEnvironment(false)
        .enableDefaultPropertySources(false)
        .banner(false)
        .propertySources(ownConfiguration())
        .properties(properties(settings.database(), settings.console()))
        .singletons(
            settings.database(),
            settings.catalog(),
            settings.time(),
            settings.pages(),
            settings.billing(),
            settings.payments(),
            settings.events(),
            settings.audit(),
            settings.uploads(),
            settings.miniMax(),
            settings.revocation(),
            settings.swap(),
            settings.health(),
            settings.usage(),
            settings.ladder(),
            new HostListeners(host.lifecycleListeners()),
            settings.entitlement(),
            new PurchasePolicies(host.purchasePolicies()),
            new HostPages(host.signIn(), host.apiKeys()))
        .build()
        .registerSingleton(Authenticator.class, host.authenticator())
        .registerSingleton(Meters.class, host.meters())
        .registerSingleton(TopUpPort.class, host.topUpPort());
  }

  private static PropertySource ownConfiguration() {
    return new YamlPropertySourceLoader()
        .load(
            "dev/codingplans/plugin/plugin",
            ClassPathResourceLoader.defaultLoader(RunningPlugin.class.getClassLoader()))
        .orElseThrow();
  }

  private static Map<String, Object> properties(
      DatabaseSettings database, ConsoleSettings console) {
    var properties = new HashMap<String, Object>();
    for (var dataSource : DATA_SOURCES) {
      var prefix = "datasources." + dataSource;
      properties.put(prefix + ".url", database.url());
      properties.put(prefix + ".driver-class-name", "org.postgresql.Driver");
      database.user().ifPresent(user -> properties.put(prefix + ".username", user));
    }
    properties.put("micronaut.server.host", console.host());
    properties.put("micronaut.server.port", console.port().orElse(-1));
    return properties;
  }

  private static Keyset keyset(PluginSettings settings, ApplicationContext context) {
    return settings
        .vault()
        .keyset()
        .orElseGet(
            () ->
                context
                    .getBean(FreshKeyset.class)
                    .create(settings.vault().missingFile().orElseThrow()));
  }

  private static void requireDistinctNames(HostListeners listeners, EventSettings events) {
    var faults = listeners.faults(events);
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
  }

  private static void requireRightKeyset(KeysetCheck check) {
    var fault = check.fault();
    if (fault.isPresent()) {
      throw new InvalidSettingsException(List.of("CODING_PLANS_KEYSET: " + fault.get()));
    }
  }

  private static void requireUnmovedTime(TestClock clock) {
    if (clock.isMovedButOff()) {
      throw new InvalidSettingsException(
          List.of(
              "CODING_PLANS_TEST_CLOCK: this database's time was moved by the test clock; it can"
                  + " only be used with the test clock on."));
    }
  }
}
