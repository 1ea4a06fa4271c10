package dev.codingplans.plugin.http;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the user id of an admin's path from the path as it was sent. The framework decodes a plus
 * sign to a space, as in a form, and would find another user.
 */
public final class PathUser {

  /** Below these, calls and pages name a user. */
  private static final List<String> USERS = List.of("/admin/api/users/", "/admin/users/");

  private static final char UNDECODABLE = '\uFFFD';

  private PathUser() {}

  public static UserId of(HttpRequest<?> request) {
    var path = request.getUri().getRawPath();
    var start =
        USERS.stream().filter(path::startsWith).findFirst().orElseThrow(PathUser::invalid).length();
    var end = path.indexOf('/', start);
    var segment = path.substring(start, end < 0 ? path.length() : end);
    var text = decode(segment);
    if (text.indexOf(UNDECODABLE) >= 0 || !UserId.isWellFormed(text)) {
      throw invalid();
    }
    return new UserId(text);
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static Refusal invalid() {
    return Refusal.invalid("userId", "it must be 1 to 128 printable characters");
  }
}
