package dev.codingplans.plugin.http.pages;

import dev.codingplans.gateway.spi.identity.SignIn;
import dev.codingplans.plugin.http.problem.Problem;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.URI;

/**
 * Answers people where a program would get a problem: with a page that says it, or with the page to
 * sign in on. And tells browsers what the pages may do, which is little.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class PageAnswers implements Ordered {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Pages pages;
  private final HostPages host;

  PageAnswers(Pages pages, HostPages host) {
    this.pages = pages;
    this.host = host;
  }

  /** Outside of everything that may refuse a request. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }

  @ResponseFilter
  HttpResponse<?> answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (!PagePaths.isPage(request)) {
      return uncached(response);
    }
    var answer = response.body() instanceof Problem problem ? failed(request, problem) : response;
    return restricted(uncached(answer));
  }

  private MutableHttpResponse<?> failed(HttpRequest<?> request, Problem problem) {
    if (problem.status() == HttpStatus.UNAUTHORIZED.getCode() && host.signIn().isPresent()) {
      return toSignIn(request, host.signIn().get());
    }
    return Outcomes.find(request, problem).orElseGet(() -> error(request, problem));
  }

  private MutableHttpResponse<?> error(HttpRequest<?> request, Problem problem) {
    var page = pages.error(request, FailedPage.of(problem)).status(problem.status());
    return PagePaths.isPart(request)
        ? page.header("HX-Retarget", "#alerts").header("HX-Reswap", "innerHTML")
        : page;
  }

  private static MutableHttpResponse<?> toSignIn(HttpRequest<?> request, SignIn signIn) {
    var address = signIn.returningTo(wanted(request));
    return PagePaths.isPart(request)
        ? HttpResponse.status(HttpStatus.UNAUTHORIZED).header("HX-Redirect", address)
        : HttpResponse.seeOther(URI.create(address));
  }

  /** Returns where the viewer wanted to go, or was: what a form is sent to cannot be gone to. */
  private static String wanted(HttpRequest<?> request) {
    if (request.getMethod() == HttpMethod.GET && !PagePaths.isPart(request)) {
      return request.getUri().toString();
    }
    return PageOfOrigin.of(request);
  }

  /** A session's cookie does not keep answers out of shared caches, as a token would. */
  private static MutableHttpResponse<?> uncached(MutableHttpResponse<?> answer) {
    if (!answer.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
      answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    return answer.header("X-Content-Type-Options", "nosniff");
  }

  private static MutableHttpResponse<?> restricted(MutableHttpResponse<?> answer) {
    return answer
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "same-origin");
  }
}
