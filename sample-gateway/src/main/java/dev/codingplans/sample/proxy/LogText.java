package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.entitlement.Secret;

/** Text of others as a log line may hold it: short, and never more than one line. */
final class LogText {

  private static final int MAX_LENGTH = 100;

  private static final int MAX_FAILURE = 300;

  private LogText() {}

  /** Returns what a provider did wrong; codecs quote what they cannot read, be it the key. */
  static String of(Throwable failure, Secret used) {
    var line = Redaction.without(failure.toString(), used).replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() <= MAX_FAILURE ? line : line.substring(0, MAX_FAILURE) + "…";
  }

  static String of(String text) {
    if (text.length() <= MAX_LENGTH && text.chars().allMatch(LogText::isVisible)) {
      return text; // as nearly always
    }
    var line = text.replaceAll("[^\\x21-\\x7e]", "?");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }

  private static boolean isVisible(int character) {
    return character >= 0x21 && character <= 0x7e;
  }
}
