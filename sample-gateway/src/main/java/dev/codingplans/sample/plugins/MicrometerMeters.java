package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A plugin's figures beside the host's own. Their names start with the plugin's id, so that nobody
 * adds to the figures of somebody else.
 */
final class MicrometerMeters implements Meters {

  private final MeterRegistry registry;
  private final String plugin;

  MicrometerMeters(MeterRegistry registry, String plugin) {
    this.registry = registry;
    this.plugin = plugin;
  }

  @Override
  public Counter counter(String name, Map<String, String> labels) {
    return registry.counter(prefixed(name), tags(labels))::increment;
  }

  @Override
  public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
    Gauge.builder(prefixed(name), value::getAsDouble).tags(tags(labels)).register(registry);
  }

  private String prefixed(String name) {
    return plugin + "." + name;
  }

  private static List<Tag> tags(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> Tag.of(label.getKey(), label.getValue()))
        .toList();
  }
}
