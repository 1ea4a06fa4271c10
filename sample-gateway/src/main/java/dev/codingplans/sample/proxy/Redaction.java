package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes everything out of a text that is, or looks like, a key. */
final class Redaction {

  private static final String REDACTED = "[redacted]";

  private static final Pattern LOOKS_LIKE_A_KEY =
      Pattern.compile(
          """
          (?ix)
            bearer \\s+ [^\\s"',;]+
          | api [\\s_-]? key [^:=\\n]{0,20} [:=] \\s* ["']? [^\\s"',;]+
          | \\b sk - [^\\s"',;]+
          | [a-z0-9_-]{32,}
          """);

  private Redaction() {}

  static String clean(String text, Secret used) {
    return LOOKS_LIKE_A_KEY.matcher(without(text, used)).replaceAll(REDACTED);
  }

  /** Takes out the key alone; codecs quote what they cannot read, some in capitals. */
  static String without(String text, Secret used) {
    return Pattern.compile(used.reveal(), Pattern.LITERAL | Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .replaceAll(REDACTED);
  }

  /** Tells whether a text holds the key, in whatever case. */
  static boolean holds(String text, Secret used) {
    var key = used.reveal();
    return text.length() >= key.length()
        && text.toLowerCase(Locale.ROOT).contains(key.toLowerCase(Locale.ROOT));
  }

  /** Tells whether bytes hold the key, in whatever case; there may be many of them. */
  static boolean holds(byte[] text, Secret used) {
    return KeySearch.of(used).isIn(text);
  }
}
