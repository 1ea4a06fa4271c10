package dev.codingplans.sample.demo;

import dev.codingplans.sample.problem.Problem;
import dev.codingplans.sample.problem.ProblemCode;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;

/** Answers programs outside the demo as if there were no log-in: for them there is none. */
@Controller("/login")
@Requires(property = Demo.FLAG, notEquals = "true")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
final class NoLogin {

  @Post
  HttpResponse<?> logIn(HttpRequest<?> request) {
    return Problem.answer(request, ProblemCode.NOT_FOUND);
  }
}
