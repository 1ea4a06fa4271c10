package dev.codingplans.sample;

import dev.codingplans.sample.demo.Demo;
import dev.codingplans.sample.settings.SettingsSource;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.util.Map;

/** A context that has read its configuration and started nothing yet. */
final class SettingsStage {

  /** Above environment variables and files. */
  private static final int FIRST = 1_000;

  /** Above everything: what was typed, and nothing else, makes a demo. */
  private static final int TYPED = FIRST + 1;

  private final ApplicationContext context;

  private SettingsStage(ApplicationContext context) {
    this.context = context;
  }

  /** Reads the environment, the files, and these properties, which win. */
  static SettingsStage read(boolean demo, Map<String, Object> properties) {
    var context =
        ApplicationContext.builder(Main.class).deduceEnvironment(false).banner(false).build();
    var environment = context.getEnvironment();
    environment.addPropertySource(PropertySource.of("given", properties, FIRST));
    environment.addPropertySource(PropertySource.of("typed", Map.of(Demo.FLAG, demo), TYPED));
    environment.start();
    return new SettingsStage(context);
  }

  ApplicationContext context() {
    return context;
  }

  Map<String, String> settings() {
    return SettingsSource.collect(context.getEnvironment());
  }
}
