package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** A plugin's figures beside the host's own. */
@Singleton
final class MicrometerMeters implements Meters {

  private final MeterRegistry registry;

  MicrometerMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Counter counter(String name, Map<String, String> labels) {
    return registry.counter(name, tags(labels))::increment;
  }

  @Override
  public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
    Gauge.builder(name, value::getAsDouble).tags(tags(labels)).register(registry);
  }

  private static List<Tag> tags(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> Tag.of(label.getKey(), label.getValue()))
        .toList();
  }
}
