package dev.codingplans.gateway.spi;

import java.util.List;

/**
 * Thrown at start if settings are at fault. It carries every fault, so that all are mended at once.
 */
public final class InvalidSettingsException extends RuntimeException {

  private final List<String> faults;

  /**
   * Makes the exception.
   *
   * @param faults a sentence each, naming the setting and never the value of a secret; not empty
   */
  public InvalidSettingsException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  /** Returns every fault, a sentence each. */
  public List<String> faults() {
    return faults;
  }
}
