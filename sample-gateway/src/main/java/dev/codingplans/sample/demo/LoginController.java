package dev.codingplans.sample.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codingplans.sample.problem.Problem;
import dev.codingplans.sample.problem.ProblemCode;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Gives tokens to the users of the demo. There is no log-in outside of it. */
@Controller("/login")
@Requires(property = Demo.FLAG, value = "true")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Log-in")
final class LoginController {

  private final DemoPasswords passwords;

  LoginController(DemoPasswords passwords) {
    this.passwords = passwords;
  }

  @Post
  @Operation(summary = "Log in (demo only)")
  HttpResponse<?> logIn(HttpRequest<?> request, @Body Credentials credentials) {
    return passwords
        .token(String.valueOf(credentials.username()), String.valueOf(credentials.password()))
        .<HttpResponse<?>>map(token -> HttpResponse.ok(new AccessToken(token)))
        .orElseGet(
            () ->
                Problem.answer(
                    request,
                    ProblemCode.UNAUTHENTICATED,
                    "The user name or the password is wrong."));
  }

  record Credentials(@Nullable String username, @Nullable String password) {

    /** Leaves the password out. */
    @Override
    public String toString() {
      return "credentials of " + username;
    }
  }

  record AccessToken(@JsonProperty("access_token") String token) {

    /** Leaves the token out. */
    @Override
    public String toString() {
      return "***";
    }
  }
}
