package dev.codingplans.plugin.credential.health;

import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Spreads the checks of all credentials over the interval: at each step this node checks the part
 * of them that the step is of the interval, if as many are due. Other nodes do the same, and then
 * fewer are due.
 */
@Singleton
public class HealthSchedule {

  private static final int STEPS = 360;
  private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
  private static final Duration SHORTEST_STEP = Duration.ofMillis(100);

  private final HealthChecks checks;
  private final HealthMarks marks;
  private final HealthMeters meters;
  private final long intervalMillis;
  private final long stepMillis;
  private final RegularWork work;

  /**
   * What is owed of checks, in credentials times milliseconds; some of one at first, so that a node
   * that never lives for an interval checks as well.
   */
  private long owed;

  HealthSchedule(
      HealthChecks checks, HealthMarks marks, HealthMeters meters, HealthSettings settings) {
    this.checks = checks;
    this.marks = marks;
    this.meters = meters;
    this.intervalMillis = settings.interval().toMillis();
    this.stepMillis =
        Math.clamp(intervalMillis / STEPS, SHORTEST_STEP.toMillis(), LONGEST_STEP.toMillis());
    this.owed = ThreadLocalRandom.current().nextLong(intervalMillis);
    this.work = new RegularWork("health", Duration.ofMillis(stepMillis), this::step);
  }

  public void start() {
    work.start();
  }

  private void step() {
    var assigned = marks.countAssigned();
    meters.show(assigned);
    owed += assigned.values().stream().mapToLong(Long::longValue).sum() * stepMillis;
    var share = owed / intervalMillis;
    owed %= intervalMillis;
    checks.check(share);
  }

  /** Nobody waits for a provider that takes its time. */
  @PreDestroy
  void stop() {
    checks.stop();
    work.stop();
  }
}
