package dev.codingplans.plugin.http.pages;

import static dev.codingplans.plugin.refusal.Refusal.Code.FORBIDDEN;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNSUPPORTED_MEDIA_TYPE;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import org.jspecify.annotations.Nullable;

/**
 * Reads the forms that pages send, and lets no other site send them for a user who is signed in
 * here.
 */
@ServerFilter(
    patterns = {
      "/subscriptions/**",
      "/usage/**",
      "/byok/**",
      "/keys/**",
      "/admin/coding-plans/**",
      "/admin/users/**",
      "/admin/allocations/**"
    },
    methods = {HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE})
class FormFilter implements Ordered {

  private final Csrf csrf;

  FormFilter(Csrf csrf) {
    this.csrf = csrf;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after();
  }

  @RequestFilter
  void read(HttpRequest<?> request, @Nullable @Body String body) {
    if (!request
        .getContentType()
        .filter(type -> type.matches(MediaType.APPLICATION_FORM_URLENCODED_TYPE))
        .isPresent()) {
      throw new Refusal(UNSUPPORTED_MEDIA_TYPE, "This address takes a form of its page.");
    }
    var form = Form.parse(body == null ? "" : body);
    var caller = request.getAttribute(Callers.ATTRIBUTE, Caller.class).orElseThrow();
    if (!csrf.accepts(form.find(Csrf.FIELD).orElse(""), caller)) {
      throw new Refusal(
          FORBIDDEN, "This form is from another sign-in. Go back, reload the page, and try again.");
    }
    request.setAttribute(Form.ATTRIBUTE, form);
  }
}
