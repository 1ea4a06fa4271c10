package dev.codingplans.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.net.HttpCookie;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A browser with cookies and a cache of its own, and as many tabs as are opened in it. */
public final class Visit {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Site site;
  private final BrowserContext context;
  private final Faults faults;

  private Visit(Site site, BrowserContext context) {
    this.site = site;
    this.context = context;
    this.faults = new Faults(site.address().toString());
  }

  static Visit begin(Site site, Chromium chromium, Optional<Person> person, Look look) {
    var options = look.options().setBaseURL(site.address().toString());
    var visit = new Visit(site, chromium.context(options));
    visit.context.setDefaultTimeout(PATIENCE_MILLIS);
    visit.faults.watch(visit.context);
    person.ifPresent(visit::signIn);
    return visit;
  }

  /** Sends the form of the sign-in page, without the page. */
  private void signIn(Person person) {
    var answer =
        site.client()
            .send(
                "POST",
                "/login",
                "token=" + person.token(),
                "content-type",
                "application/x-www-form-urlencoded");
    var cookies =
        answer.headers().allValues("set-cookie").stream()
            .flatMap(header -> HttpCookie.parse(header).stream())
            .map(this::cookie)
            .toList();
    assertThat(cookies).as("%d %s", answer.statusCode(), answer.body()).isNotEmpty();
    context.addCookies(cookies);
  }

  private Cookie cookie(HttpCookie cookie) {
    return new Cookie(cookie.getName(), cookie.getValue())
        .setUrl(site.address().toString())
        .setHttpOnly(true)
        .setSameSite(SameSiteAttribute.STRICT);
  }

  /** Opens a tab with nothing in it. */
  public Page newTab() {
    return context.newPage();
  }

  /** Opens a page in a new tab. */
  public Page open(String path) {
    var page = newTab();
    page.navigate(path);
    return page;
  }

  /** Returns the browser's side of it: cookies, routes, going offline. */
  public BrowserContext context() {
    return context;
  }

  /** Lets a test provoke what would otherwise fail it: faults with this text in them. */
  public Visit expecting(String text) {
    faults.expect(text);
    return this;
  }

  void keep(String name) {
    var pages = context.pages();
    for (int i = 0; i < pages.size(); i++) {
      Screenshots.take(pages.get(i), Path.of("failures", name + "-" + i));
    }
  }

  void end() {
    context.close();
  }

  List<String> faults() {
    return faults.found();
  }
}
