package dev.codingplans.plugin.http.pages;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The viewer's time zone, which a script of the pages writes into a cookie. */
public final class Zones {

  private static final String COOKIE = "time_zone";
  private static final int MAX_LENGTH = 64;

  private Zones() {}

  /** Returns the zone, or UTC if it is not known. */
  public static ZoneId of(HttpRequest<?> request) {
    return request
        .getCookies()
        .findCookie(COOKIE)
        .map(Cookie::getValue)
        .filter(value -> value.length() <= MAX_LENGTH)
        .map(Zones::decode)
        .filter(ZoneId.getAvailableZoneIds()::contains)
        .<ZoneId>map(ZoneId::of)
        .orElse(ZoneOffset.UTC);
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Falls through: no zone has such a name.
      return "";
    }
  }
}
