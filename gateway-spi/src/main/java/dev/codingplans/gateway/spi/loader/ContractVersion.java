package dev.codingplans.gateway.spi.loader;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of this contract. The major grows when a plugin or a host must change, the minor when
 * something is added that older plugins need not know.
 */
record ContractVersion(int major, int minor) {

  /** The manifest attribute in which a plugin jar names the version it was built for. */
  static final String ATTRIBUTE = "Gateway-Spi-Version";

  /** The version that this host serves. */
  static final ContractVersion HOST = new ContractVersion(1, 4);

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  static Optional<ContractVersion> parse(String text) {
    var parts = FORM.matcher(text.strip());
    return parts.matches()
        ? Optional.of(
            new ContractVersion(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  /** Tells whether a host of this version runs a plugin built for the other. */
  boolean serves(ContractVersion plugin) {
    return major == plugin.major && minor >= plugin.minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
