package dev.codingplans.plugin.http.pages.operate;

import static dev.codingplans.plugin.http.pages.operate.Level.ACT;
import static dev.codingplans.plugin.http.pages.operate.Level.FINE;
import static dev.codingplans.plugin.http.pages.operate.Level.LOOK;

import dev.codingplans.plugin.http.pages.operate.Operation.Backlog;
import java.time.Duration;
import java.util.List;

/**
 * Says of each part of the plugin's work whether its operator has to do something.
 *
 * @param sweepInterval how often nodes look for what is due
 * @param primaryKey the number of the key that is encrypted under
 */
record Lights(Operation operation, Duration sweepInterval, long primaryKey) {

  /** Nodes reconcile every ten minutes. */
  private static final Duration RECONCILED_SELDOM = Duration.ofHours(1);

  private static final Duration DELIVERED_LATE = Duration.ofMinutes(5);
  private static final Duration DUE_FOR_LONG = Duration.ofMinutes(5);
  private static final int MISSED_SWEEPS = 3;

  List<Light> all() {
    return List.of(
        due().in("sweeps"),
        waiting(),
        counted("failing", ACT, operation.renewals().failing()).in("failing"),
        reconciliation().in("reconciliation"),
        counted("accounts", ACT, operation.parkedAccounts()),
        counted("credentials", ACT, operation.credentials().unhealthy()).in("credentials"),
        counted("payments", LOOK, operation.payments().count()).in("payments"),
        counted("quarantine", LOOK, operation.quarantine().count()).in("quarantine"),
        usage(),
        deliveries().in("deliveries"),
        rotation());
  }

  private Light due() {
    var oldest = operation.renewals().oldestAge();
    if (oldest == null) {
      return operation.sweeps().isEmpty()
          ? Light.of("due", LOOK, "never")
          : swept(new Age(operation.sweeps().getFirst().age()));
    }
    var age = new Age(oldest);
    return Light.of("due", levelOfDue(age), "some", operation.renewals().due(), age);
  }

  /** What is announced or recovers in grace is not due, and waits for sweeps too. */
  private Light swept(Age last) {
    return Light.of("due", levelOfDue(last) == FINE ? FINE : LOOK, "none", last);
  }

  /** A sweep takes a while, and one may be missed; somebody else may sweep where it is seldom. */
  private Level levelOfDue(Age age) {
    if (!age.isOver(DUE_FOR_LONG)) {
      return FINE;
    }
    return age.isOver(sweepInterval.multipliedBy(MISSED_SWEEPS)) ? ACT : LOOK;
  }

  private Light waiting() {
    return counted("waiting", LOOK, operation.renewals().waiting());
  }

  private Light reconciliation() {
    var last = operation.reconciliation();
    if (last == null) {
      return Light.of("reconciliation", LOOK, "never");
    }
    var age = new Age(last.age());
    if (last.violations() > 0) {
      return Light.of("reconciliation", ACT, "broken", last.violations(), age);
    }
    return Light.of("reconciliation", age.isOver(RECONCILED_SELDOM) ? LOOK : FINE, "holds", age);
  }

  private Light usage() {
    var waiting = operation.usageWaiting();
    return waiting < Operation.MOST_COUNTED
        ? Light.of("usage", FINE, waiting == 0 ? "none" : "some", waiting)
        : Light.of("usage", LOOK, "many", waiting);
  }

  private Light deliveries() {
    var abandoned = operation.deliveries().stream().mapToLong(Backlog::abandoned).sum();
    var pending = operation.deliveries().stream().mapToLong(Backlog::pending).sum();
    var oldest =
        new Age(operation.deliveries().stream().mapToLong(Backlog::oldestAge).max().orElse(0));
    if (abandoned > 0) {
      return Light.of("deliveries", LOOK, "abandoned", abandoned);
    }
    return pending == 0
        ? Light.of("deliveries", FINE, "none")
        : Light.of(
            "deliveries", oldest.isOver(DELIVERED_LATE) ? LOOK : FINE, "some", pending, oldest);
  }

  private Light rotation() {
    var last = operation.rotation();
    if (last == null) {
      return Light.of("rotation", FINE, "never", primaryKey);
    }
    if (last.running()) {
      return Light.of("rotation", LOOK, "running", last.done(), last.total());
    }
    if (last.failed() > 0) {
      return Light.of("rotation", ACT, "failed", last.failed());
    }
    return last.key() == primaryKey
        ? Light.of("rotation", FINE, "done", primaryKey)
        : Light.of("rotation", LOOK, "outdated", primaryKey);
  }

  private static Light counted(String name, Level level, long count) {
    return count == 0 ? Light.of(name, FINE, "none") : Light.of(name, level, "some", count);
  }
}
