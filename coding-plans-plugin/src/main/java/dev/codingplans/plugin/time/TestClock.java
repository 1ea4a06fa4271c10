package dev.codingplans.plugin.time;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moves product time forward for all nodes, where the operator allowed it (T2). */
@Singleton
public class TestClock {

  private static final Duration FARTHEST = Duration.ofDays(100 * 365L);

  private final TimeSettings settings;
  private final TimeRepository repository;
  private final ApplicationEventPublisher<ProductTimeMoved> moves;

  TestClock(
      TimeSettings settings,
      TimeRepository repository,
      ApplicationEventPublisher<ProductTimeMoved> moves) {
    this.settings = settings;
    this.repository = repository;
    this.moves = moves;
  }

  /** Returns product time; the test clock must be on. */
  public Instant now() {
    requireOn();
    return repository.productNow();
  }

  /** Moves product time forward by whole seconds and returns the new time. */
  public Instant advance(Duration by) {
    requireOn();
    if (!by.isPositive() || !by.equals(by.truncatedTo(ChronoUnit.SECONDS))) {
      throw Refusal.invalid("advance", "time moves forward only, by whole seconds");
    }
    if (by.compareTo(FARTHEST) > 0
        || repository.advance(by.toSeconds(), FARTHEST.toSeconds()) == 0) {
      throw Refusal.invalid("advance", "time moves by at most 100 years in all");
    }
    moves.publishEvent(new ProductTimeMoved());
    return repository.productNow();
  }

  /**
   * Tells whether the database's time was moved although the test clock is off: its instants then
   * lie in a future that this node cannot see.
   */
  public boolean isMovedButOff() {
    return !settings.testClock() && repository.advancedSeconds() != 0;
  }

  private void requireOn() {
    if (!settings.testClock()) {
      throw new Refusal(NOT_FOUND, "The test clock is off.");
    }
  }
}
