package dev.codingplans.plugin.http.pages.quota;

import java.time.Instant;
import java.util.List;

/**
 * An allowance that runs, as a page's statement reads it.
 *
 * @param held the latest units of it that were neither released nor have expired, one more than are
 *     shown
 */
public record RunningAllowance(
    String unit,
    String planId,
    int unitsTotal,
    int unitsUsed,
    Instant periodEnd,
    List<HeldUnit> held) {

  /** The running allowances of a {@code viewer} with a {@code user_id}, at the viewer's now. */
  public static final String SELECT =
      """
      select running.unit, running.plan_id, running.units_total, running.units_used, running.period_end,
             (select coalesce(json_agg(taken), '[]')
                from (select id, label, created_at, expires_at
                        from coding_plans.allocation
                       where user_id = running.user_id and unit = running.unit
                         and released_at is null and expires_at > viewer.now
                       order by position desc
                       limit 26) taken) as held
        from coding_plans.allowance running
       where running.user_id = viewer.user_id and running.period_end > viewer.now
       order by running.unit""";

  public RunningAllowance {
    held = List.copyOf(held);
  }

  boolean isExhausted() {
    return unitsUsed >= unitsTotal;
  }

  int unitsLeft() {
    return unitsTotal - unitsUsed;
  }
}
