package dev.codingplans.plugin.http.pages.quota;

import java.util.List;
import java.util.Optional;

/**
 * The units that a user holds of a running plan, newest first.
 *
 * @param more the address of more of them, if there are more
 */
record HeldUnits(String unit, String planName, List<HeldUnit> units, Optional<String> more) {

  /** How many are on a page. */
  static final int SHOWN = 25;

  HeldUnits {
    units = List.copyOf(units);
  }

  /** Shows the latest ones of an allowance, and leads to all. */
  static HeldUnits latestOf(RunningAllowance running, String planName) {
    return new HeldUnits(
        running.unit(),
        planName,
        running.held().stream().limit(SHOWN).toList(),
        running.held().size() > SHOWN ? Optional.of(pathOf(running.unit())) : Optional.empty());
  }

  /** Returns where all units of a kind are listed, and where one is taken. */
  static String pathOf(String unit) {
    return QuotaFormsController.PATH + "/units/" + unit;
  }

  String releasePath(HeldUnit held) {
    return pathOf(unit) + "/" + held.id() + "/release";
  }
}
