package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;

/**
 * How uploads are brought to their end.
 *
 * @param interval how often each node looks for uploads that another one left behind
 * @param backOff how long a provider that cannot answer is left alone at first; twice as long after
 *     each further failure
 */
public record UploadSettings(Duration interval, Duration backOff) {

  private static final Duration SHORTEST = Duration.ofMillis(10);

  public static UploadSettings read(SettingsReader in) {
    return new UploadSettings(
        in.duration("CODING_PLANS_UPLOAD_INTERVAL", Duration.ofSeconds(5), SHORTEST),
        in.duration("CODING_PLANS_UPLOAD_BACKOFF", Duration.ofSeconds(1), SHORTEST));
  }
}
