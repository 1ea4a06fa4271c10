package dev.codingplans.sample.time;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The machine's clock in UTC. */
@Factory
public final class WallClock {

  /** Returns the clock, also for commands that run without the server. */
  @Singleton
  public static Clock utc() {
    return Clock.systemUTC();
  }
}
