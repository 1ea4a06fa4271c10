package dev.codingplans.sample.problem;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.filter.FilterPatternStyle;

/**
 * Refuses {@code //host/path}: the framework takes it for {@code /path}, while whoever stands in
 * front of the gateway and guards paths sees another one.
 */
@ServerFilter(patterns = "/**", patternStyle = FilterPatternStyle.ANT)
@Order(-999)
final class RequestTarget {

  @RequestFilter
  void check(HttpRequest<?> request) {
    if (request.getPath().startsWith("//")) {
      throw new HttpStatusException(HttpStatus.BAD_REQUEST, "no path");
    }
  }
}
