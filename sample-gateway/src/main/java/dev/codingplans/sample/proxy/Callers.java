package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.FORBIDDEN;
import static dev.codingplans.sample.proxy.Refusal.Code.UNAUTHENTICATED;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.sample.security.Credentials;
import dev.codingplans.sample.security.InferenceAuthenticator;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import reactor.core.publisher.Mono;

/** Tells who sends a request for inference, and lets only users pass. */
@Singleton
final class Callers {

  private final InferenceAuthenticator authenticator;

  Callers(InferenceAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  Mono<Caller> identify(HttpRequest<?> request) {
    var headers = request.getHeaders();
    var credentials =
        new Credentials(headers.findFirst("authorization"), headers.findFirst("x-api-key"));
    return Mono.fromCompletionStage(() -> authenticator.authenticate(credentials))
        .onErrorMap(Unavailable::because)
        .map(caller -> caller.orElseThrow(Callers::unknown))
        .map(Callers::requireUser);
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
