package dev.codingplans.plugin.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/**
 * Seals the cursors of all lists on their way out and checks them on their way in, so that no list
 * can forget to. A cursor is bound to the path of its list.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class CursorSeals implements Ordered {

  private static final String CURSOR = "cursor";

  private final Cursors cursors;

  CursorSeals(Cursors cursors) {
    this.cursors = cursors;
  }

  /** After authentication: a stranger learns nothing, not even that a cursor is wrong. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.LAST.order();
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    var given = request.getParameters().getAll(CURSOR);
    if (given.size() > 1) {
      throw Cursors.unknown();
    }
    given.forEach(cursor -> cursors.require(request.getPath(), cursor));
  }

  @ResponseFilter
  void seal(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.body() instanceof Page<?> page && page.nextCursor() != null) {
      response.body(page.continuedAt(cursors.of(request.getPath(), page.nextCursor())));
    }
  }
}
