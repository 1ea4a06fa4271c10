package dev.codingplans.plugin.usage.hold;

import static dev.codingplans.plugin.credit.lease.Notice.GONE;
import static dev.codingplans.plugin.credit.lease.Notice.RECALLED;

import dev.codingplans.plugin.credit.lease.Leases;
import dev.codingplans.plugin.credit.lease.Notice;
import dev.codingplans.plugin.time.ProductTimeMoved;
import dev.codingplans.plugin.time.RegularWork;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's leases alive: renews those that are used, gives back those that are not, and
 * what others need more (M1). All of it goes by the monotonic clock.
 */
@Singleton
public class LeaseUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseUpkeep.class);

  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final long MAX_STOP = Duration.ofSeconds(2).toNanos();
  private static final long CLEANED_EVERY = Duration.ofMinutes(10).toNanos();

  private final LeasedCredits credits;
  private final LeaseGrowth growth;
  private final Leases leases;
  private final TimeSource time;
  private final AlignedTime aligned;
  private final RegularWork work = new RegularWork("credit-leases", INTERVAL, this::tend);
  private long cleanedAt = System.nanoTime();

  LeaseUpkeep(
      LeasedCredits credits,
      LeaseGrowth growth,
      Leases leases,
      TimeSource time,
      AlignedTime aligned) {
    this.credits = credits;
    this.growth = growth;
    this.leases = leases;
    this.time = time;
    this.aligned = aligned;
  }

  /** Starts to look after the leases. */
  public void start() {
    work.start();
  }

  private void tend() {
    clean();
    var all = credits.all();
    if (all.isEmpty()) {
      return;
    }
    align();
    // Asked of before: one that comes into being meanwhile is not gone.
    var kept = all.stream().filter(NodeLease::isKept).map(NodeLease::id).toList();
    var notices = leases.notices(kept);
    for (var lease : all) {
      tend(lease, Optional.ofNullable(notices.get(lease.id())));
    }
  }

  private void tend(NodeLease lease, Optional<Notice> notice) {
    var nanos = System.nanoTime();
    if (notice.equals(Optional.of(GONE))) {
      credits.change(lease, credits::abandon);
    } else if (lease.isUnused(nanos)) {
      credits.change(lease, this::giveUp);
    } else if (notice.equals(Optional.of(RECALLED))) {
      credits.change(lease, this::giveBack);
    } else if (lease.isAgeing(nanos) || lease.isLow(nanos)) {
      credits.change(lease, growth::grow);
    }
  }

  private void giveUp(NodeLease lease) {
    giveBack(lease);
    if (credits.forget(lease)) {
      leases.forget(lease.user(), lease.id());
    }
  }

  private void giveBack(NodeLease lease) {
    var before = System.nanoTime();
    lease.granted(leases.giveBack(lease.user(), lease.id(), lease.withdrawFree()), before);
  }

  private void align() {
    var before = System.nanoTime();
    aligned.align(time.now(), before);
  }

  private void clean() {
    var nanos = System.nanoTime();
    if (nanos - cleanedAt >= CLEANED_EVERY) {
      cleanedAt = nanos;
      leases.deleteExpired();
    }
  }

  /** A charge of this node goes by the time that was set here. */
  @EventListener
  void onTimeMoved(ProductTimeMoved moved) {
    align();
  }

  /** Gives back what nobody holds, while there is time; the rest expires. */
  @PreDestroy
  void stop() {
    work.stop();
    try {
      giveAllBack();
    } catch (RuntimeException e) {
      LOG.info("Leases are not given back; they expire.", e);
    }
  }

  private void giveAllBack() {
    var end = System.nanoTime() + MAX_STOP;
    for (var lease : credits.all()) {
      if (System.nanoTime() - end < 0 && lease.begin()) {
        giveUp(lease);
      }
    }
  }
}
