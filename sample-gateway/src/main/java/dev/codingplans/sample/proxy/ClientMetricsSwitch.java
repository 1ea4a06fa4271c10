package dev.codingplans.sample.proxy;

import io.micrometer.core.instrument.config.MeterFilter;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Keeps the HTTP clients' own metrics out: not all of them have the same labels. */
@Factory
final class ClientMetricsSwitch {

  @Singleton
  MeterFilter noClientMetrics() {
    return MeterFilter.denyNameStartsWith("http.client");
  }
}
