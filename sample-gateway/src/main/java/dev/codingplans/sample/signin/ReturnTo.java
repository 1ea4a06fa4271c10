package dev.codingplans.sample.signin;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to go after signing in: always a place on this host. Anybody can write a link to the
 * sign-in page, so what it says is not believed.
 *
 * @param path a path and maybe a query, as browsers send them
 */
record ReturnTo(String path) {

  static final ReturnTo START = new ReturnTo("/");

  private static final int MOST = 2_000;

  /** Browsers take a second slash, or a backslash for one, for the start of another host's name. */
  private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]*");

  static ReturnTo parse(@Nullable String text) {
    return text != null && text.length() <= MOST && OWN.matcher(text).matches()
        ? new ReturnTo(text)
        : START;
  }
}
