package dev.codingplans.plugin.credential.revocation;

import java.util.regex.Pattern;

/** Why a credential could not be ended, as it is kept: short, and without what could be a key. */
final class Reason {

  static final int MAX_LENGTH = 300;

  private static final String REDACTED = "[redacted]";

  /** Of what is longer, the rest is not kept anyway: the pattern need not read it. */
  private static final int MAX_READ = 2_000;

  /**
   * Takes rather too much than too little: a value goes on to the next space, whatever it is quoted
   * in, and a scheme before it goes along.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          """
          (?ixU)
            (?: bearer [\\s:=]+ )+ \\S+
          | (?<! \\p{L}) [\\w-]{0,40}
            (?: api[\\s_-]?key | token | secret | passw(?:or)?d | authorization ) [\\w-]{0,40}
            ["']? \\s* [:=]+ \\s* ["']? (?: (?: bearer | basic ) [\\s:=]+ )* \\S+
          | (?<! \\p{L}) sk- \\S+
          | [a-z0-9_-]{32,}
          """);

  private Reason() {}

  static String of(String text) {
    var read = text.substring(0, Math.min(text.length(), MAX_READ));
    var clean = SECRET.matcher(read).replaceAll(REDACTED);
    return clean.codePointCount(0, clean.length()) <= MAX_LENGTH
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, MAX_LENGTH));
  }
}
