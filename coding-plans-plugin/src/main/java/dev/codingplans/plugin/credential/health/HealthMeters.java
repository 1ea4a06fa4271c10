package dev.codingplans.plugin.credential.health;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.credential.Health;
import jakarta.inject.Singleton;
import java.util.Map;

/** Shows how many of the credentials that serve somebody are known not to. */
@Singleton
class HealthMeters {

  private volatile Map<Health, Long> assigned = Map.of();

  HealthMeters(Meters meters) {
    for (Health health : Health.values()) {
      if (health != Health.HEALTHY) {
        meters.gauge(
            "credentials.unhealthy",
            Map.of("health", health.code()),
            () -> assigned.getOrDefault(health, 0L));
      }
    }
  }

  void show(Map<Health, Long> counts) {
    assigned = Map.copyOf(counts);
  }
}
