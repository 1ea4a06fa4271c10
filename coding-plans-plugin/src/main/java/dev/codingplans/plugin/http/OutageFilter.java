package dev.codingplans.plugin.http;

import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.plugin.database.KnownOutage;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/** Answers at once while the database is known to be away. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class OutageFilter implements Ordered {

  private final KnownOutage outage;

  OutageFilter(KnownOutage outage) {
    this.outage = outage;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before();
  }

  @RequestFilter
  void refuse(HttpRequest<?> request) {
    if (outage.isNow() && !request.getPath().startsWith(ConsolePaths.ASSETS)) {
      throw new Refusal(UNAVAILABLE, "The database is away. Try again in a moment.");
    }
  }
}
