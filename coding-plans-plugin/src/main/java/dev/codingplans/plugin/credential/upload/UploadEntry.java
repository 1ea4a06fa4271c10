package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** One line of an upload, {@code <api key>::<upstream plan id>} (I1). */
record UploadEntry(Secret key, String upstreamPlanId) {

  private static final String SEPARATOR = "::";

  /** What fits into a header, so that a key can be sent. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,512}");

  private static final Pattern UPSTREAM_PLAN_ID = Pattern.compile("[^\\p{Cntrl}]{1,200}");

  static Optional<UploadEntry> parse(Secret line) {
    var text = line.reveal();
    var at = text.indexOf(SEPARATOR);
    if (at < 0 || at != text.lastIndexOf(SEPARATOR)) {
      return Optional.empty();
    }
    var key = text.substring(0, at).strip();
    var upstreamPlanId = text.substring(at + SEPARATOR.length()).strip();
    return KEY.matcher(key).matches() && UPSTREAM_PLAN_ID.matcher(upstreamPlanId).matches()
        ? Optional.of(new UploadEntry(Secret.of(key), upstreamPlanId))
        : Optional.empty();
  }
}
