package dev.codingplans.plugin.cli;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with what was typed, without its words: one may be a key. */
final class Misuse {

  /** What looks like a command or an option may be told again. */
  private static final Pattern NO_KEY = Pattern.compile("[a-z]{1,20}|--[a-z-]{1,30}");

  private Misuse() {}

  static String of(ParameterException failure) {
    return switch (failure) {
      // Names options, and nothing that was typed.
      case MissingParameterException missing -> String.valueOf(missing.getMessage());
      case OverwrittenOptionException twice -> "An option is there twice.";
      case UnmatchedArgumentException unknown -> unknown(unknown.getUnmatched());
      default ->
          failure.getArgSpec() == null
              ? "That cannot be understood."
              : "The value of " + failure.getArgSpec().paramLabel() + " cannot be understood.";
    };
  }

  private static String unknown(List<String> words) {
    return words.stream()
        .filter(NO_KEY.asMatchPredicate())
        .findFirst()
        .map(word -> word + " is not known here.")
        .orElse("There is a word too many.");
  }
}
