package dev.codingplans.plugin.http.pages;

import dev.codingplans.plugin.http.ConsolePaths;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;

/** Which addresses are pages, for people, and not calls, for programs. */
public final class PagePaths {

  private static final String HTMX = "HX-Request";

  private PagePaths() {}

  /** Tells whether the answer to a request is looked at in a browser. */
  static boolean isPage(HttpRequest<?> request) {
    var path = request.getPath();
    return ConsolePaths.CALLS.stream().noneMatch(prefix -> isBelow(path, prefix))
        && ConsolePaths.PAGES.stream().anyMatch(prefix -> isBelow(path, prefix))
        && (isPart(request) || takesHtml(request));
  }

  /** Tells whether a script of a page asks for a part of it. */
  public static boolean isPart(HttpRequest<?> request) {
    return request.getHeaders().contains(HTMX);
  }

  private static boolean takesHtml(HttpRequest<?> request) {
    var accepted = request.accept();
    return accepted.isEmpty()
        || accepted.stream()
            .anyMatch(
                type -> type.matches(MediaType.TEXT_HTML_TYPE) || type.getName().equals("*/*"));
  }

  private static boolean isBelow(String path, String prefix) {
    return path.equals(prefix) || (prefix.length() > 1 && path.startsWith(prefix + "/"));
  }
}
