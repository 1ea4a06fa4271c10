package dev.codingplans.plugin.provider;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/**
 * Keeps a provider from being asked while it fails. Only its own failures count: a bad key is none,
 * and ten bad lines of an upload that end in no answer are too few.
 */
@Singleton
final class ProviderBreakers {

  /** How many of the last calls are looked at. */
  static final int WINDOW = 40;

  /** How many there must be before anything is decided. */
  static final int LEAST = 20;

  private static final int MOST_FAILED_PERCENT = 75;
  private static final int TRIALS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private final CircuitBreakerRegistry breakers =
      CircuitBreakerRegistry.of(
          CircuitBreakerConfig.custom()
              .slidingWindow(WINDOW, LEAST, SlidingWindowType.COUNT_BASED)
              .failureRateThreshold(MOST_FAILED_PERCENT)
              .waitDurationInOpenState(PAUSE)
              .permittedNumberOfCallsInHalfOpenState(TRIALS)
              .writableStackTraceEnabled(false)
              .build());

  ProviderBreakers(Meters meters) {
    breakers
        .getEventPublisher()
        .onEntryAdded(
            added -> {
              var breaker = added.getAddedEntry();
              meters.gauge(
                  "provider.breaker.open",
                  Map.of("provider", breaker.getName()),
                  () -> breaker.getState() == State.OPEN ? 1 : 0);
            });
  }

  CircuitBreaker of(ProviderId provider) {
    return breakers.circuitBreaker(provider.value());
  }
}
