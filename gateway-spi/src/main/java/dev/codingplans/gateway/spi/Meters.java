package dev.codingplans.gateway.spi;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Where a plugin reports its figures; a host backs it with its metrics library. Names are lower
 * case with dots, units come last ({@code entitlement.feed.lag.seconds}); the host puts the
 * plugin's name in front. Labels have few values and never a user id or a secret. All methods can
 * be called from any thread.
 */
public interface Meters {

  /**
   * Returns the counter of that name and those labels; the same one if it is asked for again.
   *
   * <pre>{@code
   * Meters.Counter hits = host.meters().counter("entitlement.cache.hits", Map.of());
   * hits.increment();
   * }</pre>
   */
  Counter counter(String name, Map<String, String> labels);

  /** Registers a value that is read whenever the host's metrics are; reading it does no I/O. */
  void gauge(String name, Map<String, String> labels, DoubleSupplier value);

  /** Returns meters that count nothing. */
  static Meters none() {
    return new Meters() {
      @Override
      public Counter counter(String name, Map<String, String> labels) {
        return () -> {};
      }

      @Override
      public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {}
    };
  }

  /** A number that only grows. */
  @FunctionalInterface
  interface Counter {

    /** Adds one. */
    void increment();
  }
}
