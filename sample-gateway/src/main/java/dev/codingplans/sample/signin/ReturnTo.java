package dev.codingplans.sample.signin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to go after signing in: always a place on this host. Anybody can write a link to the
 * sign-in page, so what it says is not believed.
 *
 * @param place a path and maybe a query, as browsers send them
 */
record ReturnTo(URI place) {

  private static final ReturnTo START = new ReturnTo(URI.create("/"));

  private static final int MOST = 2_000;

  /** Browsers take a second slash, or a backslash for one, for the start of another host's name. */
  private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]*");

  static ReturnTo parse(@Nullable String text) {
    if (text == null || text.length() > MOST || !OWN.matcher(text).matches()) {
      return START;
    }
    try {
      return new ReturnTo(new URI(text));
    } catch (URISyntaxException e) {
      return START; // no browser sends such a path
    }
  }

  @Override
  public String toString() {
    return place.toString();
  }
}
