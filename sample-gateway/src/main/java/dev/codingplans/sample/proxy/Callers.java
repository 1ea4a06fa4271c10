package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.FORBIDDEN;
import static dev.codingplans.sample.proxy.Refusal.Code.UNAUTHENTICATED;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.sample.security.Credentials;
import dev.codingplans.sample.security.InferenceAuthenticator;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Tells who sends a request for inference, and lets only users pass. */
@Singleton
final class Callers {

  private final InferenceAuthenticator authenticator;

  Callers(InferenceAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Returns the caller; it fails with the refusal if there is none who may pass. */
  CompletableFuture<Caller> identify(HttpRequest<?> request) {
    var headers = request.getHeaders();
    var credentials =
        new Credentials(headers.findFirst("authorization"), headers.findFirst("x-api-key"));
    return Steps.orElse(authenticator.authenticate(credentials), Unavailable::because)
        .thenApply(caller -> requireUser(caller.orElseThrow(Callers::unknown)));
  }

  private static Caller requireUser(Caller caller) {
    if (!caller.has(Caller.Role.USER)) {
      throw Refusal.of(FORBIDDEN, "You may not call models.").asException();
    }
    return caller;
  }

  private static RefusalException unknown() {
    return Refusal.of(UNAUTHENTICATED, "Send a valid token or API key.").asException();
  }
}
