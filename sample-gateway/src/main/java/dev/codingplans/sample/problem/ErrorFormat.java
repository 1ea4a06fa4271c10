package dev.codingplans.sample.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;

/**
 * How failures of some paths are written where it is not as a {@link Problem}: the inference API
 * answers in its clients' own formats. Asked for every failure that the HTTP layer finds.
 */
public interface ErrorFormat {

  /** Tells whether failures of this path are written here. */
  boolean covers(String path);

  /** Writes the body and its media type; the status is already set. */
  MutableHttpResponse<?> write(
      MutableHttpResponse<?> response, HttpRequest<?> request, ProblemCode code, String detail);
}
