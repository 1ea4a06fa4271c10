package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.billing.BillingBatch.BatchResult;
import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.time.TimeSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles everything that is due, in batches (R4). Any number of nodes may sweep at once: what
 * another one holds is passed over at first and waited for at the end, so that nothing due is left
 * when the call returns.
 */
@Singleton
public class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final int BATCH = 1_000;
  private static final int MAX_LOOKS_FOR_LEASES = 4;

  /** Nodes look for recalled leases four times a second. */
  private static final Duration UNTIL_RETURNED = Duration.ofMillis(500);

  private static final Duration MAX_WAIT_FOR_TOP_UPS = Duration.ofSeconds(30);

  private final DueSubscriptions due;
  private final BillingBatch batch;
  private final TopUps topUps;
  private final BillingFailures failures;
  private final Reminders reminders;
  private final TimeSource time;
  private final SweepMeters meters;
  private final SweepHistory history;
  private volatile boolean stopping;

  Sweep(
      DueSubscriptions due,
      BillingBatch batch,
      TopUps topUps,
      BillingFailures failures,
      Reminders reminders,
      TimeSource time,
      SweepMeters meters,
      SweepHistory history) {
    this.due = due;
    this.batch = batch;
    this.topUps = topUps;
    this.failures = failures;
    this.reminders = reminders;
    this.time = time;
    this.meters = meters;
    this.history = history;
  }

  /** Handles all that is due by now, and returns when it is done. */
  public SweepReport run() {
    var started = System.nanoTime();
    var now = time.now();
    var tally = new Tally();
    if (drain(now, HeldAccounts.SKIP, tally) > 0) {
      drain(now, HeldAccounts.AWAIT, tally);
    }
    drainOnceLeasesAreBack(now, tally);
    reminders.send(BATCH, () -> stopping);
    topUps.await(MAX_WAIT_FOR_TOP_UPS, () -> stopping);
    drainFunded(HeldAccounts.AWAIT, tally);
    var report =
        SweepReport.of(tally, due.countWaiting(), Duration.ofNanos(System.nanoTime() - started));
    meters.show(report, due.oldestBy(now).map(at -> Duration.between(at, now)));
    remember(report);
    return report;
  }

  /** What is done is done, whether or not it can be written down. */
  private void remember(SweepReport report) {
    try {
      history.add(report);
    } catch (RuntimeException e) {
      LOG.warn("What a sweep did cannot be written down: {}", report, e);
    }
  }

  /** Leases never cause grace, and seldom keep a renewal for longer than this (M1). */
  private void drainOnceLeasesAreBack(Instant now, Tally tally) {
    var awaited = tally.awaitedLeases();
    for (int i = 0; i < MAX_LOOKS_FOR_LEASES && awaited > 0 && !stopping; i++) {
      LockSupport.parkNanos(UNTIL_RETURNED.toNanos());
      var before = tally.awaitedLeases();
      drain(now, HeldAccounts.AWAIT, tally);
      awaited = tally.awaitedLeases() - before;
    }
  }

  /** Whatever runs ends after its batch. */
  @PreDestroy
  void stop() {
    stopping = true;
  }

  /** Returns how many accounts were passed over. */
  private int drain(Instant now, HeldAccounts held, Tally tally) {
    return drain(after -> due.readBy(now, after, BATCH), held, tally) + drainFunded(held, tally);
  }

  private int drainFunded(HeldAccounts held, Tally tally) {
    return drain(after -> due.readFundedInGrace(after, BATCH), held, tally);
  }

  private int drain(Function<Due, List<Due>> reading, HeldAccounts held, Tally tally) {
    var passedOver = 0;
    var next = reading.apply(Due.FIRST);
    while (!next.isEmpty() && !stopping) {
      passedOver += handle(next, held, tally);
      next = reading.apply(next.getLast());
    }
    return passedOver;
  }

  /** Handles them together; if that fails in halves, so that none suffers from another. */
  private int handle(List<Due> rows, HeldAccounts held, Tally tally) {
    try {
      var result = batch.handle(rows.stream().map(Due::user).distinct().toList(), held);
      return settle(result, tally);
    } catch (RuntimeException e) {
      requireDatabase(e);
      if (rows.size() == 1) {
        return handleAlone(rows.getFirst(), held, tally);
      }
      var middle = rows.size() / 2;
      return handle(rows.subList(0, middle), held, tally)
          + handle(rows.subList(middle, rows.size()), held, tally);
    }
  }

  private int handleAlone(Due row, HeldAccounts held, Tally tally) {
    try {
      var result = batch.handleAlone(row, held);
      return settle(result, tally);
    } catch (RuntimeException e) {
      requireDatabase(e);
      tally.countError();
      LOG.error(
          "Subscription {} is due and cannot be handled; it is tried again later.", row.id(), e);
      if (!SqlState.isMomentary(e)) {
        failures.note(row.id(), reason(e));
      }
      return 0;
    }
  }

  /** The batch is committed: now the host can be asked for what it recorded, beside the sweep. */
  private int settle(BatchResult result, Tally tally) {
    tally.add(result.tally());
    tally.countTopUps(result.topUps().size());
    topUps.start(result.topUps());
    return result.held();
  }

  /** Without a database nothing can be told apart; the next sweep finds what this one has left. */
  private static void requireDatabase(RuntimeException failure) {
    if (SqlState.isConnectionFailure(failure)) {
      throw failure;
    }
  }

  private static String reason(RuntimeException failure) {
    return SqlState.of(failure)
        .map(state -> "SQL state " + state)
        .orElseGet(() -> failure.getClass().getSimpleName());
  }
}
