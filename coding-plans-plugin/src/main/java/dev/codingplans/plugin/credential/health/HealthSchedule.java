package dev.codingplans.plugin.credential.health;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads the checks of all credentials over the interval: at each step this node checks the part
 * of them that the step is of the interval, if as many are due. Other nodes do the same, and then
 * fewer are due.
 */
@Singleton
public class HealthSchedule {

  private static final Logger LOG = LoggerFactory.getLogger(HealthSchedule.class);
  private static final int STEPS = 360;
  private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
  private static final Duration SHORTEST_STEP = Duration.ofMillis(100);

  private final HealthChecks checks;
  private final HealthMarks marks;
  private final HealthMeters meters;
  private final long intervalMillis;
  private final long stepMillis;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("coding-plans-health").daemon().factory());

  /**
   * What is owed of a check, in credentials times milliseconds; some at first, so that the checks
   * of a node that never lives for an interval are not put off for ever.
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
  }

  /** Begins, at a moment of this node's own. */
  @SuppressWarnings("FutureReturnValueIgnored") // It never ends by itself, and stop ends it.
  public void start() {
    var first = ThreadLocalRandom.current().nextLong(stepMillis);
    thread.scheduleWithFixedDelay(this::step, first, stepMillis, TimeUnit.MILLISECONDS);
  }

  private void step() {
    try {
      var assigned = marks.countAssigned();
      meters.show(assigned);
      owed += assigned.values().stream().mapToLong(Long::longValue).sum() * stepMillis;
      var share = owed / intervalMillis;
      owed %= intervalMillis;
      checks.check(share);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      LOG.debug("The plugin stops before a check.");
    } catch (RuntimeException | Error e) {
      // What is thrown here would end the schedule.
      LOG.warn("The health of credentials cannot be checked now.", e);
    }
  }

  @PreDestroy
  void stop() throws InterruptedException {
    thread.shutdown();
    checks.stop();
  }
}
