package dev.codingplans.sample.signin;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Serves the stylesheet of the sign-in page. */
@Controller(SignInPlace.SIGN_IN + "/style.css")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
final class StyleController {

  private static final String STYLE = "classpath:dev/codingplans/sample/signin/style.css";
  private static final MediaType CSS = MediaType.of("text/css; charset=utf-8");

  private final String style;

  StyleController(ResourceLoader resources) {
    this.style = read(resources);
  }

  @Get
  HttpResponse<String> style() {
    return HttpResponse.ok(style)
        .contentType(CSS)
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "max-age=600");
  }

  private static String read(ResourceLoader resources) {
    try (var in = resources.getResourceAsStream(STYLE).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
