package dev.codingplans.sample.security;

import java.util.Optional;

/**
 * What a request for inference shows to tell who sends it.
 *
 * @param authorization the header of that name
 * @param apiKey the header {@code x-api-key}
 */
public record Credentials(Optional<String> authorization, Optional<String> apiKey) {

  /** Returns the token or key in {@code Authorization: Bearer}. */
  public Optional<String> bearer() {
    return authorization.flatMap(BearerToken::in);
  }

  /** Prints neither: both are secrets. */
  @Override
  public String toString() {
    return "***";
  }
}
