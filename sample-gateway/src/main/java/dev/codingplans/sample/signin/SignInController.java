package dev.codingplans.sample.signin;

import static java.util.Objects.requireNonNull;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.RequestHead;
import dev.codingplans.sample.problem.Problem;
import dev.codingplans.sample.problem.ProblemCode;
import dev.codingplans.sample.security.HostAuthenticator;
import dev.codingplans.sample.security.RequestHeads;
import dev.codingplans.sample.security.RequestOrigin;
import dev.codingplans.sample.security.SessionCookie;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the forms to sign in, and gives whoever proves who they are the cookie of a session. */
@Controller(SignInPlace.SIGN_IN)
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
final class SignInController {

  private static final Logger LOG = LoggerFactory.getLogger(SignInController.class);
  private static final MediaType HTML = MediaType.of("text/html; charset=utf-8");

  private final HostAuthenticator authenticator;
  private final Optional<Passwords> passwords;
  private final SignInPage page;
  private final Clock clock;

  SignInController(
      HostAuthenticator authenticator,
      Optional<Passwords> passwords,
      SignInPage page,
      Clock clock) {
    this.authenticator = authenticator;
    this.passwords = passwords;
    this.page = page;
    this.clock = clock;
  }

  @Get
  HttpResponse<String> show(
      HttpRequest<?> request,
      @QueryValue @Nullable String returnTo,
      @QueryValue @Nullable String error) {
    var kept = SessionCookie.isKept(RequestHeads.of(request));
    var shown = page.show(ReturnTo.parse(returnTo), SignInError.find(error), kept);
    return PageHeaders.on(HttpResponse.ok(shown).contentType(HTML));
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  CompletionStage<HttpResponse<?>> signIn(HttpRequest<?> request, @Body SignInForm form) {
    var head = RequestHeads.of(request);
    if (RequestOrigin.isForeign(head)) {
      return CompletableFuture.completedFuture(
          Problem.answer(request, ProblemCode.FORBIDDEN, "Another site sent this form."));
    }
    var returnTo = ReturnTo.parse(form.returnTo());
    var token = form.token(passwords).orElse("");
    if (!SessionCookie.isToken(token)) {
      return CompletableFuture.completedFuture(back(SignInError.UNAUTHENTICATED, returnTo));
    }
    if (!SessionCookie.holds(token)) {
      return CompletableFuture.completedFuture(back(SignInError.TOKEN_TOO_LONG, returnTo));
    }
    return authenticator
        .authenticate(token)
        .<HttpResponse<?>>thenApply(
            caller ->
                caller
                    .<HttpResponse<?>>map(known -> welcome(known, token, head, returnTo))
                    .orElseGet(() -> back(SignInError.UNAUTHENTICATED, returnTo)))
        .exceptionally(
            failure -> {
              LOG.warn("Nobody can sign in: {}", failure.toString());
              return back(SignInError.UNAVAILABLE, returnTo);
            });
  }

  private MutableHttpResponse<?> welcome(
      Caller caller, String token, RequestHead head, ReturnTo returnTo) {
    var end =
        Instant.parse(
            requireNonNull(caller.claims().get("exp"), "a token without an end is not valid"));
    var timeToLive = Duration.between(clock.instant(), end);
    return seeOther(returnTo.place()).cookie(SessionCookie.of(token, timeToLive, head));
  }

  private static MutableHttpResponse<?> back(SignInError error, ReturnTo returnTo) {
    return seeOther(
        UriBuilder.of(SignInPlace.SIGN_IN)
            .queryParam("error", error.code())
            .queryParam("returnTo", returnTo.toString())
            .build());
  }

  private static MutableHttpResponse<?> seeOther(URI location) {
    return PageHeaders.on(HttpResponse.seeOther(location));
  }
}
