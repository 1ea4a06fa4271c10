package dev.codingplans.sample.apidocs;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Lets nobody frame the API browser: it calls with the session of whoever clicks in it. */
@ServerFilter("/swagger-ui/**")
final class ApiBrowserFilter {

  @ResponseFilter
  void protect(MutableHttpResponse<?> response) {
    response
        .header("Content-Security-Policy", "frame-ancestors 'none'")
        .header("X-Content-Type-Options", "nosniff");
  }
}
