package dev.codingplans.plugin.http.pages;

import dev.codingplans.plugin.http.problem.ProblemStatus;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.util.function.Supplier;

/** How a form ends: with the page that it came from, which says what became of it. */
public final class Outcomes {

  private Outcomes() {}

  /**
   * Does what a form asks for and leads back to the page, with the name of the event that the deed
   * returns, or with the code of its refusal.
   *
   * @param page a path, which may have a query
   */
  public static HttpResponse<?> of(String page, Supplier<String> deed) {
    try {
      return leadTo(page, Banner.EVENT, deed.get());
    } catch (Refusal refusal) {
      return leadTo(page, Banner.ERROR, ProblemStatus.textOf(refusal.code()));
    }
  }

  private static HttpResponse<?> leadTo(String page, String kind, String name) {
    return HttpResponse.seeOther(
        UriBuilder.of(URI.create(page)).replaceQueryParam(kind, name).build());
  }
}
