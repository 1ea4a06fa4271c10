package dev.codingplans.plugin.support;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.catalog.CatalogSettings;
import dev.codingplans.plugin.provider.Providers;
import dev.codingplans.plugin.provider.minimax.MiniMaxSettings;
import dev.codingplans.plugin.settings.SettingsReader;
import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** The adapters of providers alone, as the plugin puts them together, without a database. */
public final class ProviderContext implements AutoCloseable {

  private final ApplicationContext context;
  private final RecordedMeters meters;

  private ProviderContext(ApplicationContext context, RecordedMeters meters) {
    this.context = context;
    this.meters = meters;
  }

  public static ProviderContext calling(ProviderFake fake) {
    var settings = new SettingsReader(Map.of("MINIMAX_BASE_URL", fake.url()));
    var meters = new RecordedMeters();
    return new ProviderContext(
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .enableDefaultPropertySources(false)
            .singletons(CatalogSettings.read(settings), MiniMaxSettings.read(settings))
            .build()
            .registerSingleton(Meters.class, meters)
            .start(),
        meters);
  }

  public RecordedMeters meters() {
    return meters;
  }

  public Providers providers() {
    return context.getBean(Providers.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
