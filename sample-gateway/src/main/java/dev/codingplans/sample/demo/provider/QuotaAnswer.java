package dev.codingplans.sample.demo.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;

/** Writes what is left of a plan's rolling limits, in MiniMax's fields (U2). */
final class QuotaAnswer {

  private static final long SHORT_TERM = Duration.ofHours(5).toMillis();
  private static final long WEEK = Duration.ofDays(7).toMillis();
  private static final int CALLS_OF_A_WEEKLY_PERCENT = 10;
  private static final int WITHIN_LIMITS = 1;
  private static final int NO_BOOST = 1_000;

  private QuotaAnswer() {}

  /**
   * Returns the answer.
   *
   * @param calls how often the key was used: each time takes one percent, but never the last one
   */
  static String of(SimulatedPlan plan, int calls, long nowMillis) {
    var answer = JsonNodeFactory.instance.objectNode();
    var shortTermStart = nowMillis - nowMillis % SHORT_TERM;
    var weekStart = nowMillis - nowMillis % WEEK;
    answer
        .putArray("model_remains")
        .addObject()
        .put("model_name", "general")
        .put("start_time", shortTermStart)
        .put("end_time", shortTermStart + SHORT_TERM)
        .put("current_interval_remaining_percent", percentAfter(calls))
        .put("current_interval_status", WITHIN_LIMITS)
        .put("interval_boost_permille", NO_BOOST)
        .put("weekly_start_time", weekStart)
        .put("weekly_end_time", weekStart + WEEK)
        .put("current_weekly_remaining_percent", percentAfter(calls / CALLS_OF_A_WEEKLY_PERCENT))
        .put("current_weekly_status", WITHIN_LIMITS)
        .put("weekly_boost_permille", NO_BOOST);
    answer.put("current_subscribe_title", plan.title());
    answer.putObject("base_resp").put("status_code", 0).put("status_msg", "success");
    return answer.toString();
  }

  private static int percentAfter(int calls) {
    return Math.max(1, 100 - calls);
  }
}
