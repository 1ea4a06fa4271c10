package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JDBC URL of PostgreSQL without the password that it may have come with: URLs are logged, by the
 * driver and others.
 */
record JdbcUrl(String text, Optional<Secret> password) {

  static final JdbcUrl NONE = new JdbcUrl("", Optional.empty());

  private static final Pattern FORM = Pattern.compile("jdbc:postgresql:\\S+");
  private static final Pattern PASSWORD = Pattern.compile("(?<=[?&])password=([^&]*)&?");
  private static final Pattern OTHER_SECRET =
      Pattern.compile("[?&](ssl)?password=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

  /** Returns the URL, or empty if it is none; then {@link #faultOf} says why. */
  static Optional<JdbcUrl> parse(String given) {
    return faultOf(given).isPresent() ? Optional.empty() : Optional.of(split(given));
  }

  /** Returns what is wrong with the URL, without quoting it. */
  static Optional<String> faultOf(String given) {
    if (!FORM.matcher(given).matches()) {
      return Optional.of("it must be a URL that starts with jdbc:postgresql:.");
    }
    return OTHER_SECRET.matcher(split(given).text()).find()
        ? Optional.of("its secrets cannot be kept out of logs; use DATABASE_PASSWORD instead.")
        : Optional.empty();
  }

  private static JdbcUrl split(String given) {
    var password = PASSWORD.matcher(given);
    if (!password.find()) {
      return new JdbcUrl(given, Optional.empty());
    }
    var value = decoded(password.group(1));
    var rest = password.replaceFirst("").replaceFirst("[?&]$", "");
    return new JdbcUrl(rest, Optional.of(value).filter(v -> !v.isEmpty()).map(Secret::of));
  }

  /** As the driver decodes it; what cannot be decoded is meant as it stands. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
