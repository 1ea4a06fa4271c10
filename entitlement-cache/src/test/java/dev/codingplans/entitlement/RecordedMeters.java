package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Meters that a test can read. */
final class RecordedMeters implements Meters {

  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

  @Override
  public Counter counter(String name, Map<String, String> labels) {
    return counters.computeIfAbsent(name, unused -> new LongAdder())::increment;
  }

  @Override
  public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
    gauges.put(name, value);
  }

  long count(String name) {
    return counters.get(name).sum();
  }

  double gauge(String name) {
    return gauges.get(name).getAsDouble();
  }
}
