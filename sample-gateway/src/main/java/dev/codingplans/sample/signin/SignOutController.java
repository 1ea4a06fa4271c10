package dev.codingplans.sample.signin;

import dev.codingplans.sample.problem.Problem;
import dev.codingplans.sample.problem.ProblemCode;
import dev.codingplans.sample.security.RequestHeads;
import dev.codingplans.sample.security.RequestOrigin;
import dev.codingplans.sample.security.SessionCookie;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** Ends a session by taking its cookie away. */
@Controller(SignInPlace.SIGN_OUT)
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
final class SignOutController {

  @Post
  @Consumes(MediaType.ALL)
  HttpResponse<?> signOut(HttpRequest<?> request) {
    var head = RequestHeads.of(request);
    if (RequestOrigin.isForeign(head)) {
      return Problem.answer(request, ProblemCode.FORBIDDEN, "Another site sent this form.");
    }
    return PageHeaders.on(HttpResponse.seeOther(URI.create(SignInPlace.SIGN_IN)))
        .cookie(SessionCookie.ended(head));
  }
}
