package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.time.RegularWork;
import dev.codingplans.plugin.time.TimeSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Tells whose step of the ladder has changed since it was last told (D5). Charges and what is shown
 * never wait for it: they compute the step that is true at their instant.
 */
@Singleton
public class LadderTick {

  private static final int PAGE = 5_000;

  private final TierRows rows;
  private final TierChanges changes;
  private final Ladder ladder;
  private final TimeSource time;
  private final RegularWork work;

  LadderTick(TierRows rows, TierChanges changes, LadderSettings settings, TimeSource time) {
    this.rows = rows;
    this.changes = changes;
    this.ladder = settings.ladder();
    this.time = time;
    this.work = new RegularWork("ladder", settings.interval(), this::run);
  }

  /** Looks regularly from here on; any number of nodes may. */
  public void start() {
    work.startInTime();
  }

  /**
   * Looks at every account, and returns when all changes are told. An account that cannot be had
   * keeps no other from that; it fails the tick in the end.
   */
  public TickReport run() {
    var pass = new Pass(time.now());
    var page = rows.readAfter("", PAGE);
    while (!page.isEmpty() && !work.isStopping()) {
      pass.change(page);
      page = rows.readAfter(page.getLast().user().value(), PAGE);
    }
    return pass.report();
  }

  /** One look at every account. */
  private final class Pass {

    private final Instant now;
    private TickReport report = TickReport.NOTHING;
    private Optional<RuntimeException> failure = Optional.empty();

    Pass(Instant now) {
      this.now = now;
    }

    /** Whoever's account is held by another is waited for, while no other account is held. */
    void change(List<StoredTier> page) {
      report = report.plus(new TickReport(page.size(), 0));
      var outdated =
          page.stream().filter(tier -> tier.isOutdated(ladder, now)).map(StoredTier::user).toList();
      var left = new LinkedHashSet<>(outdated);
      make(outdated, HeldAccounts.SKIP).forEach(left::remove);
      left.forEach(user -> make(List.of(user), HeldAccounts.AWAIT));
    }

    /** Returns whose accounts were looked at. */
    private List<UserId> make(List<UserId> users, HeldAccounts held) {
      if (users.isEmpty() || work.isStopping()) {
        return List.of();
      }
      try {
        var made = changes.make(users, held);
        report = report.plus(new TickReport(0, made.changed()));
        return made.locked();
      } catch (RuntimeException e) {
        if (!SqlState.isMomentary(e) || SqlState.isConnectionFailure(e)) {
          throw e;
        }
        failure = Optional.of(failure.orElse(e));
        return List.of();
      }
    }

    TickReport report() {
      if (failure.isPresent()) {
        throw failure.get();
      }
      return report;
    }
  }

  @PreDestroy
  void stop() {
    work.stop();
  }

  /**
   * What a tick found.
   *
   * @param examined how many accounts it looked at
   * @param changed how many have reached another step
   */
  public record TickReport(long examined, long changed) {

    private static final TickReport NOTHING = new TickReport(0, 0);

    private TickReport plus(TickReport other) {
      return new TickReport(examined + other.examined, changed + other.changed);
    }
  }
}
