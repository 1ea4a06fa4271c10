package dev.codingplans.sample;

import java.util.List;

/** What a person at the command line reads, beside the log. */
@SuppressWarnings("SystemOut") // The only class that writes there.
final class Terminal {

  private Terminal() {}

  /** Prints the result of a command. */
  static void print(String text) {
    System.out.println(text);
  }

  /** Prints why a command failed. */
  static void complain(String headline, List<String> reasons) {
    System.err.println(headline);
    reasons.forEach(reason -> System.err.println("  - " + reason));
  }
}
