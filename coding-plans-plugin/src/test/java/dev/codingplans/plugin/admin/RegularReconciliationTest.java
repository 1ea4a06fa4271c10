package dev.codingplans.plugin.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.database.DatabaseSettings;
import dev.codingplans.plugin.event.delivery.EventSettings;
import dev.codingplans.plugin.event.delivery.HostListeners;
import dev.codingplans.plugin.settings.SettingsReader;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.vault.Keyset;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.core.io.scan.ClassPathResourceLoader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegularReconciliationTest {

  private static final String BREAK =
      "update coding_plans.credit_account set balance_microdollars = 1";

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;
  private ApplicationContext node;
  private Reconciliation reconciliation;

  /** Another node, of which only the reconciliation is used. */
  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db);
    plugin.credit("ann", 20);
    node =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .enableDefaultPropertySources(false)
            .propertySources(
                new YamlPropertySourceLoader()
                    .load(
                        "dev/codingplans/plugin/plugin",
                        ClassPathResourceLoader.defaultLoader(getClass().getClassLoader()))
                    .orElseThrow())
            .properties(dataSources())
            .build()
            .registerSingleton(Meters.class, Meters.none())
            .registerSingleton(Keyset.generate())
            .registerSingleton(new HostListeners(List.of()))
            .registerSingleton(EventSettings.read(new SettingsReader(Map.of())))
            .registerSingleton(
                new DatabaseSettings(
                    db.url(), Optional.empty(), db.url(), Optional.empty(), Optional.empty()))
            .start();
    reconciliation = node.getBean(Reconciliation.class);
  }

  @AfterEach
  void stop() {
    node.close();
    plugin.close();
  }

  @Test
  @DisplayName("L3 an account whose money does not add up is parked although nobody asks")
  void byItself() {
    var regular = new RegularReconciliation(reconciliation, Duration.ofMillis(100));
    regular.start();
    db.execute(BREAK);

    await().until(() -> events().contains("account.parked"));

    regular.stop();
  }

  @Test
  @DisplayName("L3 a reconciliation that fails is followed by the next")
  void goesOn() {
    var regular = new RegularReconciliation(reconciliation, Duration.ofMillis(100));
    db.execute("alter table coding_plans.term rename to hidden");
    db.execute(BREAK);
    regular.start();
    await()
        .until(
            () ->
                TestDatabase.serverLog().stream()
                    .anyMatch(line -> line.contains("\"coding_plans.term\" does not exist")));

    db.execute("alter table coding_plans.hidden rename to term");

    await().until(() -> events().contains("account.parked"));
    regular.stop();
  }

  @Test
  @DisplayName("L3 while one node reconciles, others leave it to it")
  void oneAtATime() throws Exception {
    try (var elsewhere = db.connect();
        var statement = elsewhere.createStatement()) {
      elsewhere.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(hashtext('coding_plans.reconciliation'))");
      assertThat(reconciliation.runUnlessElsewhere()).isEmpty();
      elsewhere.rollback();
    }
    assertThat(reconciliation.runUnlessElsewhere())
        .hasValueSatisfying(it -> assertThat(it.ok()).isTrue());
  }

  private List<String> events() {
    return db.texts("select type from coding_plans.event");
  }

  private Map<String, Object> dataSources() {
    var properties = new HashMap<String, Object>();
    for (var name : List.of("default", "entitlement", "maintenance")) {
      properties.put("datasources." + name + ".url", db.url());
      properties.put("datasources." + name + ".driver-class-name", "org.postgresql.Driver");
    }
    return properties;
  }
}
