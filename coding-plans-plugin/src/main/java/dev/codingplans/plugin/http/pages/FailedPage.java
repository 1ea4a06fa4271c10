package dev.codingplans.plugin.http.pages;

import dev.codingplans.plugin.http.problem.Problem;

/** What a page says instead of what was asked for. */
public record FailedPage(int status, String title, String detail, String correlationId) {

  static FailedPage of(Problem problem) {
    return new FailedPage(
        problem.status(), problem.title(), problem.detail(), problem.correlationId());
  }
}
