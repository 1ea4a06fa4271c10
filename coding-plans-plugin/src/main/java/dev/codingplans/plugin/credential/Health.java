package dev.codingplans.plugin.credential;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a credential that serves somebody still serves, as far as its provider said. */
public enum Health {
  /** It does, or nobody has said otherwise. */
  HEALTHY,
  /** The key is good, and there is no plan behind it any more. */
  SUBSCRIPTION_INACTIVE,
  /** The provider does not take the key. */
  REJECTED;

  /** Returns the name that is stored and shown. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Health> parse(String code) {
    return Stream.of(values()).filter(health -> health.code().equals(code)).findFirst();
  }
}
