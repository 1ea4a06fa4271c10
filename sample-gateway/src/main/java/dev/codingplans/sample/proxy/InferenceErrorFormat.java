package dev.codingplans.sample.proxy;

import dev.codingplans.sample.problem.ErrorFormat;
import dev.codingplans.sample.problem.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** What the server refuses before a call of inference is reached, in a format that clients read. */
@Singleton
final class InferenceErrorFormat implements ErrorFormat {

  @Override
  public boolean covers(String path) {
    return path.equals(InferenceController.ROOT) || path.startsWith(InferenceController.ROOT + "/");
  }

  @Override
  public MutableHttpResponse<?> write(
      MutableHttpResponse<?> response, HttpRequest<?> request, ProblemCode code, String detail) {
    var error = WireFormat.ofPath(request.getPath()).error(code.code(), detail);
    return response.contentType(MediaType.APPLICATION_JSON_TYPE).body(error);
  }
}
