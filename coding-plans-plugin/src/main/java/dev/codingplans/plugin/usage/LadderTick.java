package dev.codingplans.plugin.usage;

import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.time.RegularWork;
import dev.codingplans.plugin.time.TimeSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

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

  /** Looks at every account, and returns when all changes are told. */
  public TickReport run() {
    var now = time.now();
    var report = TickReport.NOTHING;
    var page = rows.readAfter("", PAGE);
    while (!page.isEmpty() && !work.isStopping()) {
      report = report.plus(new TickReport(page.size(), change(page, now)));
      page = rows.readAfter(page.getLast().user().value(), PAGE);
    }
    return report;
  }

  /** Whoever's account is held by another is waited for at the end. */
  private long change(List<StoredTier> page, Instant now) {
    var outdated =
        page.stream().filter(tier -> tier.isOutdated(ladder, now)).map(StoredTier::user).toList();
    if (outdated.isEmpty()) {
      return 0;
    }
    var first = changes.make(outdated, HeldAccounts.SKIP);
    return first.locked() == outdated.size()
        ? first.changed()
        : first.changed() + changes.make(outdated, HeldAccounts.AWAIT).changed();
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
