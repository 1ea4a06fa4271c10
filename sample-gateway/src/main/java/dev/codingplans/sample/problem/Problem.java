package dev.codingplans.sample.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/**
 * Why a request failed, as RFC 9457 writes it.
 *
 * @param type always {@code about:blank}: the code says more than a link could
 * @param title the status in words
 * @param status the HTTP status
 * @param detail a sentence for people
 * @param code the stable reason, for programs
 * @param correlationId where to look in the logs
 * @param violations the fields at fault, if it is about fields
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String correlationId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations) {

  private static final String RETRY_AFTER_SECONDS = "1";

  /** Copies the list. */
  public Problem {
    violations = List.copyOf(violations);
  }

  /** Returns the answer to a request that failed, with what is always true of the code. */
  public static MutableHttpResponse<Problem> answer(HttpRequest<?> request, ProblemCode code) {
    return answer(request, code, code.detail());
  }

  /** Returns the answer to a request that failed. */
  public static MutableHttpResponse<Problem> answer(
      HttpRequest<?> request, ProblemCode code, String detail) {
    return answer(request, code, detail, List.of());
  }

  static MutableHttpResponse<Problem> answer(
      HttpRequest<?> request, ProblemCode code, String detail, List<Violation> violations) {
    var status = code.status();
    return on(HttpResponse.status(status), request, status, code, detail, violations);
  }

  /** Makes an answer that is already under way one that tells why the request failed. */
  static MutableHttpResponse<Problem> on(
      MutableHttpResponse<?> response,
      HttpRequest<?> request,
      HttpStatus status,
      ProblemCode code,
      String detail,
      List<Violation> violations) {
    var problem =
        new Problem(
            "about:blank",
            status.getReason(),
            status.getCode(),
            detail,
            code.code(),
            CorrelationId.of(request),
            violations);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE).body(problem);
  }
}
