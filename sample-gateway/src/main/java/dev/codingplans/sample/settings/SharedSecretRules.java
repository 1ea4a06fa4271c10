package dev.codingplans.sample.settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a shared secret must be. */
final class SharedSecretRules {

  private static final int MIN_BYTES = 32;
  private static final int MIN_DISTINCT_CHARACTERS = 5;
  private static final List<String> SAMPLES =
      List.of(
          "changeme",
          "changethis",
          "placeholder",
          "yoursecret",
          "your256bitsecret",
          "examplesecret",
          "samplesecret",
          "demoonlysigningsecret");

  private SharedSecretRules() {}

  static Optional<String> fault(String name, String secret) {
    if (secret.startsWith("file:")) {
      return Optional.of(name + " is not read from a file: set the secret itself.");
    }
    if (secret.getBytes(StandardCharsets.UTF_8).length < MIN_BYTES) {
      return Optional.of(name + " must have " + MIN_BYTES + " bytes or more.");
    }
    if (isSample(secret)) {
      return Optional.of(name + " is a sample value: set a random one of your own.");
    }
    return Optional.empty();
  }

  private static boolean isSample(String secret) {
    var letters = secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return secret.chars().distinct().count() < MIN_DISTINCT_CHARACTERS
        || letters.startsWith("secret")
        || SAMPLES.stream().anyMatch(letters::contains);
  }
}
