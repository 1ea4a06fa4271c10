package dev.codingplans.plugin.support;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.database.DatabaseSettings;
import dev.codingplans.plugin.event.delivery.EventSettings;
import dev.codingplans.plugin.event.delivery.HostListeners;
import dev.codingplans.plugin.settings.SettingsReader;
import dev.codingplans.plugin.vault.Keyset;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.core.io.scan.ClassPathResourceLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of which only some parts are used, on a database that is migrated already. */
public record Parts(ApplicationContext context) implements AutoCloseable {

  public static Parts on(TestDatabase db) {
    return new Parts(
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .enableDefaultPropertySources(false)
            .propertySources(
                new YamlPropertySourceLoader()
                    .load(
                        "dev/codingplans/plugin/plugin",
                        ClassPathResourceLoader.defaultLoader(Parts.class.getClassLoader()))
                    .orElseThrow())
            .properties(dataSources(db))
            .build()
            .registerSingleton(Meters.class, Meters.none())
            .registerSingleton(Keyset.generate())
            .registerSingleton(new HostListeners(List.of()))
            .registerSingleton(EventSettings.read(new SettingsReader(Map.of())))
            .registerSingleton(
                new DatabaseSettings(
                    db.url(), Optional.empty(), db.url(), Optional.empty(), Optional.empty()))
            .start());
  }

  public <T> T get(Class<T> part) {
    return context.getBean(part);
  }

  @Override
  public void close() {
    context.close();
  }

  private static Map<String, Object> dataSources(TestDatabase db) {
    var properties = new HashMap<String, Object>();
    for (var name : List.of("default", "entitlement", "maintenance")) {
      properties.put("datasources." + name + ".url", db.url());
      properties.put("datasources." + name + ".driver-class-name", "org.postgresql.Driver");
    }
    return properties;
  }
}
