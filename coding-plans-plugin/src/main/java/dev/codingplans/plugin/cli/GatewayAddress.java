package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.cli.Failure.Kind;
import java.net.URI;
import java.util.regex.Pattern;

/** Where a gateway is. A token goes over the network only encrypted, unless that is asked for. */
record GatewayAddress(URI base) {

  /** By name or number, and never looked up: what a name stands for may change. */
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  static GatewayAddress parse(String text, boolean insecure) {
    var base = uri(text);
    if (base.getHost() == null
        || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
        || base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw malformed();
    }
    if ("http".equals(base.getScheme())
        && !insecure
        && !THIS_MACHINE.matcher(base.getHost()).matches()) {
      throw new Failure(
          Kind.MISUSE,
          "Over http to another machine everybody on the way reads the token. Use https, or --insecure.");
    }
    return new GatewayAddress(base);
  }

  /** Returns the URL of a path of the gateway. */
  URI at(String path) {
    return URI.create(base.toString().replaceFirst("/+$", "") + path);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** Without the text: it may hold a password. */
  private static Failure malformed() {
    return new Failure(
        Kind.MISUSE,
        "The gateway's address must be an http or https URL without user, query or fragment.");
  }
}
