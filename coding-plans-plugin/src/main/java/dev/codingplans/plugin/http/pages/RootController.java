package dev.codingplans.plugin.http.pages;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.plugin.http.Callers;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestAttribute;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** Leads from the root to the viewer's first page. */
@Controller("/")
@Hidden
class RootController {

  @Get
  HttpResponse<?> root(@RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    var first = caller.has(Role.USER) ? Section.SUBSCRIPTIONS : Section.CODING_PLANS;
    return HttpResponse.seeOther(URI.create(first.path()));
  }
}
