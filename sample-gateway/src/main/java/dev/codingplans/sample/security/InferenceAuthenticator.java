package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.Caller;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells who asks for inference. It knows callers whom the {@link Authenticator} does not and must
 * not know, so plugins never see it.
 */
public interface InferenceAuthenticator {

  /**
   * Returns who sends the request, or empty if nobody is known.
   *
   * @return completes exceptionally if that cannot be told now
   */
  CompletionStage<Optional<Caller>> authenticate(Credentials credentials);
}
