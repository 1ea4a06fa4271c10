package dev.codingplans.plugin.http.audit;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.problem.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Locale;

/**
 * Sees the audited calls that fail, whatever the reason. Those of strangers and of users who are no
 * admins are not looked at: anybody could fill the log.
 */
@ServerFilter("/admin/**")
class FailedAttemptFilter {

  private final FailedAttempts attempts;
  private final Catalog catalog;

  FailedAttemptFilter(FailedAttempts attempts, Catalog catalog) {
    this.attempts = attempts;
    this.catalog = catalog;
  }

  @ResponseFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void end(HttpRequest<?> request, HttpResponse<?> response) {
    if (response.code() >= HttpStatus.BAD_REQUEST.getCode()) {
      AuditedCall.of(request, catalog)
          .ifPresent(call -> attempts.write(call, call.entry(codeOf(response))));
    }
  }

  private static String codeOf(HttpResponse<?> response) {
    return response.body() instanceof Problem problem
        ? problem.code()
        : response.status().name().toLowerCase(Locale.ROOT);
  }
}
