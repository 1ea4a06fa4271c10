package dev.codingplans.plugin.support;

import dev.codingplans.gateway.spi.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Figures by name and labels, as {@code events.pending{listener=crm}}. */
public final class RecordedMeters implements Meters {

  private final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();

  @Override
  public Counter counter(String name, Map<String, String> labels) {
    var count = new LongAdder();
    var known = values.computeIfAbsent(name + labels, key -> new Total(count));
    return () -> ((Total) known).count().increment();
  }

  @Override
  public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
    values.put(name + labels, value);
  }

  /** Returns the value of the figure whose name has all these parts; 0 if there is none. */
  public double value(String... parts) {
    return values.entrySet().stream()
        .filter(figure -> java.util.stream.Stream.of(parts).allMatch(figure.getKey()::contains))
        .mapToDouble(figure -> figure.getValue().getAsDouble())
        .findFirst()
        .orElse(0);
  }

  private record Total(LongAdder count) implements DoubleSupplier {

    @Override
    public double getAsDouble() {
      return count.sum();
    }
  }
}
