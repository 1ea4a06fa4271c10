package dev.codingplans.plugin.credit.ladder;

import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;

/**
 * The discount ladder of an operator, or the built-in one (D6).
 *
 * @param interval how often each node looks whose step has changed; charges never wait for it
 */
public record LadderSettings(Ladder ladder, Duration interval) {

  private static final String LADDER = "CODING_PLANS_LADDER";
  private static final String BUILT_IN =
      """
      {"categories": {"hero_os_hourly": {"discountable": true},
                      "llm": {"discountable": true},
                      "vm": {"discountable": false}},
       "tiers": [{"name": "week", "afterDays": 7, "multiplier": "0.5"},
                 {"name": "month", "afterDays": 30, "multiplier": "0.25"}]}""";

  public static LadderSettings read(SettingsReader in) {
    var builtIn = new LadderJson(LADDER, in, LadderJson.NOTHING).read(BUILT_IN);
    var ladder =
        in.textOrFile(LADDER)
            .map(text -> new LadderJson(LADDER, in, builtIn).read(text))
            .orElse(builtIn);
    return new LadderSettings(
        ladder.toLadder(),
        in.duration("CODING_PLANS_LADDER_INTERVAL", Duration.ofDays(1), Duration.ofSeconds(1)));
  }
}
