package dev.codingplans.plugin.http.pages.keys;

import dev.codingplans.gateway.spi.apikeys.ApiKey;
import dev.codingplans.gateway.spi.apikeys.ApiKeys.Creation;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.http.pages.keys.GatewayKeysPage.FormEnd;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of the host's own API keys. The plugin keeps none of them. */
@Controller("/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class GatewayKeysController {

  private static final URI SENT_BEFORE =
      URI.create(Section.KEYS.path() + "?error=invalid_state&field=latest");

  private final GatewayKeys keys;
  private final Snippets snippets;
  private final Pages pages;

  GatewayKeysController(GatewayKeys keys, Snippets snippets, Pages pages) {
    this.keys = keys;
    this.snippets = snippets;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    return page(request, keys.list(caller.user()), new FormEnd.NotSent(), Optional.empty());
  }

  /**
   * Makes a key and shows it on this very answer: an address that would show it could be opened
   * twice. A form that is sent again, as a reload does, tells of another newest key than there is.
   */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @RequestAttribute(Form.ATTRIBUTE) Form form) {
    var before = keys.list(caller.user());
    if (!GatewayKeysPage.latest(before).equals(form.text("latest"))) {
      return HttpResponse.seeOther(SENT_BEFORE);
    }
    var name = form.find("name");
    return switch (keys.create(caller.user(), name)) {
      case Creation.Created(var key, var secret) ->
          page(request, with(key, before), new FormEnd.Made(secret), Optional.of(secret));
      case Creation.Refused(var reason, var detail) ->
          page(request, before, new FormEnd.Refused(name, detail), Optional.empty())
              .status(HttpStatus.CONFLICT);
    };
  }

  /** Asks whether a key is really to be revoked. */
  @Get("/{id}/revoke")
  HttpResponse<?> confirm(
      HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller, String id) {
    var key = find(caller, id);
    return PagePaths.isPart(request)
        ? pages.part(request, "keys/revokeKey.jte", key)
        : pages.page(request, Section.KEYS, "keys.revoke.title", "keys/revokeKey.jte", key);
  }

  @Post("/{id}/revoke")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> revoke(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String id) {
    return Outcomes.of(
        Section.KEYS.path(),
        () -> {
          keys.revoke(caller.user(), id);
          return "key_revoked";
        });
  }

  /** Not listed anew: if that failed, nobody would ever see the key. */
  private static List<ApiKey> with(ApiKey made, List<ApiKey> before) {
    return Stream.concat(Stream.of(made), before.stream()).toList();
  }

  private ApiKey find(Caller caller, String id) {
    return keys.list(caller.user()).stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(GatewayKeys::noSuchKey);
  }

  private MutableHttpResponse<String> page(
      HttpRequest<?> request, List<ApiKey> listed, FormEnd end, Optional<Secret> secret) {
    var page = GatewayKeysPage.of(listed, end, snippets.of(GatewayAddress.of(request), secret));
    return pages.page(request, Section.KEYS, "keys.title", "keys/keys.jte", page);
  }
}
