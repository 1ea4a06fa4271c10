package dev.codingplans.sample.apikeys;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** What ages of answers are measured by. */
@Factory
final class LookupClock {

  @Singleton
  Ticker ticker() {
    return Ticker.systemTicker();
  }
}
