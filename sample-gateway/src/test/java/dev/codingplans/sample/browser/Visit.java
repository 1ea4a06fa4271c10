package dev.codingplans.sample.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    var visit = new Visit(site, chromium.context(options(site, person, look)));
    visit.context.setDefaultTimeout(PATIENCE_MILLIS);
    visit.faults.watch(visit.context);
    return visit;
  }

  private static Browser.NewContextOptions options(Site site, Optional<Person> person, Look look) {
    var options = look.options().setBaseURL(site.address().toString());
    person.ifPresent(
        who -> options.setExtraHTTPHeaders(Map.of("authorization", "Bearer " + who.token())));
    return options;
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
