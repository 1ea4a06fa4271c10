package dev.codingplans.plugin.http.pages;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.SignIn;
import dev.codingplans.plugin.http.Callers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes pages out of templates and what they show. */
@Singleton
public final class Pages {

  private static final MediaType HTML = new MediaType("text/html; charset=utf-8");

  private final PageTemplates templates;
  private final Messages messages;
  private final Assets assets;
  private final Csrf csrf;
  private final HostPages host;

  Pages(PageTemplates templates, Messages messages, Assets assets, Csrf csrf, HostPages host) {
    this.templates = templates;
    this.messages = messages;
    this.assets = assets;
    this.csrf = csrf;
    this.host = host;
  }

  /**
   * Answers with a whole page.
   *
   * @param titleKey the key of its title in the message bundle
   * @param template for example {@code usage/page.jte}; it takes a {@code frame} and a {@code page}
   */
  public MutableHttpResponse<String> page(
      HttpRequest<?> request, Section section, String titleKey, String template, Object page) {
    return html(template, frame(request, Optional.of(section), messages.text(titleKey)), page);
  }

  /** Answers with a part of a page, which a script asked for. */
  public MutableHttpResponse<String> part(HttpRequest<?> request, String template, Object page) {
    return html(template, frame(request, Optional.empty(), ""), page);
  }

  /** Answers with a part to a script, and with a page around the same to everybody else. */
  MutableHttpResponse<String> error(HttpRequest<?> request, FailedPage failed) {
    return html(
        PagePaths.isPart(request) ? "failedPart.jte" : "failed.jte",
        frame(request, Optional.empty(), failed.title()),
        failed);
  }

  private MutableHttpResponse<String> html(String template, Frame frame, Object page) {
    return HttpResponse.ok(templates.render(template, Map.of("frame", frame, "page", page)))
        .contentType(HTML);
  }

  private Frame frame(HttpRequest<?> request, Optional<Section> section, String title) {
    var viewer = request.getAttribute(Callers.ATTRIBUTE, Caller.class);
    return new Frame(
        title,
        section,
        viewer.map(this::sectionsFor).orElse(List.of()),
        viewer,
        viewer.map(csrf::tokenFor).orElse(""),
        Banner.of(request, messages),
        host.signIn().map(SignIn::signOutPath),
        Zones.of(request),
        messages,
        assets);
  }

  private List<Section> sectionsFor(Caller viewer) {
    return Arrays.stream(Section.values())
        .filter(section -> viewer.has(section.role()))
        .filter(section -> section != Section.KEYS || host.apiKeys().isPresent())
        .toList();
  }
}
