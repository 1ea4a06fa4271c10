package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.FORBIDDEN;
import static dev.codingplans.sample.proxy.Refusal.Code.UNAUTHENTICATED;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.RequestHead;
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
    var head =
        new RequestHead(request.getMethodName(), request.getPath(), request.getHeaders().asMap());
    return Mono.fromCompletionStage(() -> authenticator.authenticate(head))
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
