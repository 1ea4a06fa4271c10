package dev.codingplans.sample.proxy;

/** Client text as a log line may hold it: short, and never more than one line. */
final class LogText {

  private static final int MAX_LENGTH = 100;

  private LogText() {}

  static String of(String text) {
    var line = text.replaceAll("[^\\x21-\\x7e]", "?");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
