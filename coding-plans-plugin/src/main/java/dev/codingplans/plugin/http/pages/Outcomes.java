package dev.codingplans.plugin.http.pages;

import dev.codingplans.plugin.http.problem.Problem;
import dev.codingplans.plugin.http.problem.ProblemStatus;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.refusal.Refusal.Violation;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How a form ends: with the page that it came from, which says what became of it. */
public final class Outcomes {

  private static final String PAGE = "page of the form";

  private Outcomes() {}

  /**
   * Does what a form asks for and leads back to the page, with the name of the event that the deed
   * returns, or with the code of its refusal.
   *
   * @param page a path, which may have a query and a fragment
   */
  public static HttpResponse<?> of(String page, Supplier<String> deed) {
    try {
      return leadTo(page, Banner.EVENT, deed.get());
    } catch (Refusal refusal) {
      return refused(page, ProblemStatus.textOf(refusal.code()), refusal.violations());
    }
  }

  /**
   * Does the same within an audited call. A refusal leaves the controller there: it undoes what was
   * begun and is written down as an attempt, and leads back after that.
   */
  public static MutableHttpResponse<?> audited(
      HttpRequest<?> request, String page, Supplier<String> deed) {
    rememberPage(request, page);
    return leadTo(page, Banner.EVENT, deed.get());
  }

  /** Lets a refusal of the request lead to the page, whatever the request ends with otherwise. */
  public static void rememberPage(HttpRequest<?> request, String page) {
    request.setAttribute(PAGE, page);
  }

  /** Returns how a refused form ends that has remembered its page; a fault of ours is an error. */
  static Optional<MutableHttpResponse<?>> find(HttpRequest<?> request, Problem problem) {
    return request
        .getAttribute(PAGE, String.class)
        .filter(page -> problem.status() != HttpStatus.INTERNAL_SERVER_ERROR.getCode())
        .map(page -> refused(page, problem.code(), problem.violations()));
  }

  private static MutableHttpResponse<?> refused(
      String page, String code, List<Violation> violations) {
    var answer = UriBuilder.of(URI.create(page)).replaceQueryParam(Banner.ERROR, code);
    violations.stream()
        .findFirst()
        .ifPresent(first -> answer.replaceQueryParam(Banner.FIELD, first.field()));
    return HttpResponse.seeOther(answer.build());
  }

  private static MutableHttpResponse<?> leadTo(String page, String kind, String name) {
    return HttpResponse.seeOther(
        UriBuilder.of(URI.create(page)).replaceQueryParam(kind, name).build());
  }
}
