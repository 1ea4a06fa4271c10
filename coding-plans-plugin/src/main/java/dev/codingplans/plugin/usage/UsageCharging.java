package dev.codingplans.plugin.usage;

import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.usage.InboxRows.Waiting;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges everything that was accepted, in batches. Any number of nodes may charge at once: what
 * another one holds is passed over at first and waited for at the end, so that nothing accepted
 * before is left when the call returns, but what is parked.
 */
@Singleton
public class UsageCharging {

  private static final Logger LOG = LoggerFactory.getLogger(UsageCharging.class);

  private static final int BATCH = 2_000;

  private final InboxRows inbox;
  private final NewUsers newUsers;
  private final ChargingBatch batch;
  private final QuarantineRows quarantine;
  private final UsageMeters meters;
  private final InboxFloor floor = new InboxFloor(System.nanoTime());
  private volatile boolean stopping;

  UsageCharging(
      InboxRows inbox,
      NewUsers newUsers,
      ChargingBatch batch,
      QuarantineRows quarantine,
      UsageMeters meters) {
    this.inbox = inbox;
    this.newUsers = newUsers;
    this.batch = batch;
    this.quarantine = quarantine;
    this.meters = meters;
  }

  /** Charges all that is accepted by now, and returns when it is done. */
  public ChargingReport run() {
    return run(0, inbox.lastPosition());
  }

  /** The same, again and again, by one thread: it does not look at everything each time. */
  void runAgain() {
    var last = inbox.lastPosition();
    run(floor.begin(last, System.nanoTime()), last);
    floor.end(last, System.nanoTime());
  }

  private ChargingReport run(long after, long last) {
    var started = System.nanoTime();
    var report = charge(after, last);
    meters.show(report, inbox.countWaiting(), Duration.ofNanos(System.nanoTime() - started));
    return report;
  }

  private ChargingReport charge(long after, long last) {
    var drain = new Drain(HeldAccounts.SKIP);
    drain.between(after, last);
    if (drain.held == 0) {
      return drain.report;
    }
    var rest = new Drain(HeldAccounts.AWAIT);
    rest.between(after, last);
    return drain.report.plus(rest.report);
  }

  /** Whatever runs ends after its batch. */
  @PreDestroy
  void stop() {
    stopping = true;
  }

  /** One pass over what waits. */
  private final class Drain {

    private final HeldAccounts wanted;
    private ChargingReport report = ChargingReport.NOTHING;
    private long held;

    Drain(HeldAccounts wanted) {
      this.wanted = wanted;
    }

    void between(long after, long last) {
      var next = inbox.readBetween(after, last, BATCH);
      while (!next.isEmpty() && !stopping) {
        newUsers.open(next.stream().map(Waiting::user).distinct().toList());
        charge(next);
        next = inbox.readBetween(next.getLast().position(), last, BATCH);
      }
    }

    /** Charges them together; if that fails in halves, so that none suffers from another. */
    private void charge(List<Waiting> waiting) {
      try {
        var result = batch.charge(waiting, wanted);
        report = report.plus(new ChargingReport(result.charged(), 0));
        held += result.held();
      } catch (RuntimeException e) {
        requireDatabase(e);
        if (waiting.size() == 1) {
          giveUp(waiting.getFirst(), e);
        } else {
          var middle = waiting.size() / 2;
          charge(waiting.subList(0, middle));
          charge(waiting.subList(middle, waiting.size()));
        }
      }
    }

    private void giveUp(Waiting waiting, RuntimeException failure) {
      LOG.error("The usage record at {} cannot be charged.", waiting.position(), failure);
      report = report.plus(new ChargingReport(0, 1));
      if (!SqlState.isMomentary(failure)) {
        quarantine.move(waiting.position(), QuarantineReason.NOT_CHARGEABLE);
      }
    }
  }

  /** Without a database nothing can be told apart; the next pass finds what this one has left. */
  private static void requireDatabase(RuntimeException failure) {
    if (SqlState.isConnectionFailure(failure)) {
      throw failure;
    }
  }
}
