package dev.codingplans.plugin.http.pages.quota;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a user can do with one kind of unit: use those of a running allowance, or buy some.
 *
 * @param planName the name of the running plan
 * @param held what the user holds of it
 * @param key makes the taking of a unit by this form happen once
 */
record UnitPanel(
    String unit,
    Optional<RunningAllowance> running,
    String planName,
    Optional<HeldUnits> held,
    List<QuotaOffer> offers,
    UUID key) {

  UnitPanel {
    offers = List.copyOf(offers);
  }
}
