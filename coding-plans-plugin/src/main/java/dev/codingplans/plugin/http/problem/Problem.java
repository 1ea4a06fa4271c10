package dev.codingplans.plugin.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.refusal.Refusal.Violation;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;
import java.util.Set;

/** An error answer after RFC 9457. */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String correlationId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations) {

  private static final String RETRY_AFTER_SECONDS = "1";
  private static final Set<HttpStatus> COME_BACK =
      Set.of(HttpStatus.SERVICE_UNAVAILABLE, HttpStatus.TOO_MANY_REQUESTS);

  /** Makes the answer to a refused request. */
  public static MutableHttpResponse<Problem> answer(HttpRequest<?> request, Refusal refusal) {
    return answer(request, refusal.code(), refusal.detail(), refusal.violations());
  }

  static MutableHttpResponse<Problem> answer(
      HttpRequest<?> request, Refusal.Code code, String detail) {
    return answer(request, code, detail, List.of());
  }

  private static MutableHttpResponse<Problem> answer(
      HttpRequest<?> request, Refusal.Code code, String detail, List<Violation> violations) {
    var status = ProblemStatus.of(code);
    var problem =
        new Problem(
            "about:blank",
            status.getReason(),
            status.getCode(),
            detail,
            ProblemStatus.textOf(code),
            CorrelationFilter.idOf(request),
            violations);
    MutableHttpResponse<Problem> answer =
        HttpResponse.<Problem>status(status)
            .body(problem)
            // Not every refusal of the server passes the filter that adds it.
            .header(CorrelationFilter.HEADER, problem.correlationId())
            .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
    return COME_BACK.contains(status)
        ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        : answer;
  }
}
