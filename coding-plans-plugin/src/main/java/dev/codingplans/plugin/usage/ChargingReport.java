package dev.codingplans.plugin.usage;

/**
 * What charging did.
 *
 * @param applied how many records were charged
 * @param errors how many could not be
 */
public record ChargingReport(long applied, long errors) {

  static final ChargingReport NOTHING = new ChargingReport(0, 0);

  ChargingReport plus(ChargingReport other) {
    return new ChargingReport(applied + other.applied, errors + other.errors);
  }
}
