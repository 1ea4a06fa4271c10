package dev.codingplans.plugin.http.pages.keys;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.byok.ByokKeys;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;

/** The page of a user's own keys of providers; a managed key is only shown (B1). */
@Controller("/byok")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class ProviderKeysController {

  private final ProviderCards cards;
  private final ByokKeys keys;
  private final Pages pages;

  ProviderKeysController(ProviderCards cards, ByokKeys keys, Pages pages) {
    this.cards = cards;
    this.keys = keys;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    var page = new ProviderKeysPage(cards.of(caller.user()));
    return pages.page(request, Section.BYOK, "byok.title", "keys/byok.jte", page);
  }

  /** Adds or replaces a key. Its text comes back on no answer, not even on a refusal. */
  @Post("/{providerId}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> save(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @RequestAttribute(Form.ATTRIBUTE) Form form,
      String providerId) {
    return Outcomes.of(
        Section.BYOK.path(),
        () -> {
          var provider = PathIds.provider(providerId);
          keys.put(caller.user(), provider, Secret.of(form.text("apiKey")), form.isOn("enabled"));
          return "key_saved";
        });
  }

  @Post("/{providerId}/enable")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> enable(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String providerId) {
    return Outcomes.of(
        Section.BYOK.path(),
        () -> {
          keys.toggle(caller.user(), PathIds.provider(providerId), true);
          return "key_enabled";
        });
  }

  @Post("/{providerId}/disable")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> disable(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String providerId) {
    return Outcomes.of(
        Section.BYOK.path(),
        () -> {
          keys.toggle(caller.user(), PathIds.provider(providerId), false);
          return "key_disabled";
        });
  }

  /** Asks whether a key is really to be deleted. */
  @Get("/{providerId}/delete")
  HttpResponse<?> confirm(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      String providerId) {
    var provider = PathIds.provider(providerId);
    var card =
        cards.of(caller.user()).stream()
            .filter(it -> it.id().equals(provider) && it.isKnown() && it.own().isPresent())
            .findFirst()
            .orElseThrow(() -> new Refusal(NOT_FOUND, "You have no key of this provider."));
    return PagePaths.isPart(request)
        ? pages.part(request, "keys/deleteKey.jte", card)
        : pages.page(request, Section.BYOK, "byok.delete.title", "keys/deleteKey.jte", card);
  }

  @Post("/{providerId}/delete")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> delete(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String providerId) {
    return Outcomes.of(
        Section.BYOK.path(),
        () -> {
          keys.delete(caller.user(), PathIds.provider(providerId));
          return "key_deleted";
        });
  }
}
