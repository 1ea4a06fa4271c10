package dev.codingplans.plugin.http.problem;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Words what the server refuses before a controller is reached: no route, too large, and so on. */
@Primary
@Singleton
class ServerRefusals implements ErrorResponseProcessor<Problem> {

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    var code = ProblemStatus.codeOf(response.code());
    var answer = Problem.answer(context.getRequest(), code, ProblemStatus.sentenceFor(code));
    keepAllow(response, answer);
    return answer;
  }

  /** RFC 9110 wants 405 to name what is allowed. */
  private static void keepAllow(HttpResponse<?> from, MutableHttpResponse<?> to) {
    var allow = from.getHeaders().get("Allow");
    if (allow != null) {
      to.header("Allow", allow);
    }
  }
}
