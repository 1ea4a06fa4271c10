package dev.codingplans.sample.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What goes wrong behind pages: errors on the console, where also violations of the content policy
 * are, exceptions, requests to other hosts, broken parts, and failures of the gateway.
 */
final class Faults {

  /** Chromium says so of every refusal; whether it is a fault, the answer itself tells. */
  private static final String STATUS = "Failed to load resource: the server responded with";

  /** What htmx says of an answer that the page shows. */
  private static final String REFUSAL = "Response Status Error Code 4";

  /** Whatever else is loaded is part of a page, and has to be there. */
  private static final Set<String> MAY_BE_REFUSED = Set.of("document", "xhr", "fetch");

  private final String site;
  private final List<String> found = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  Faults(String site) {
    this.site = site;
  }

  void watch(BrowserContext context) {
    context.onConsoleMessage(this::console);
    context.onWebError(error -> add("exception: " + error.error()));
    context.onRequest(request -> host(request.url()));
    context.onResponse(this::answer);
  }

  void expect(String text) {
    expected.add(text);
  }

  List<String> found() {
    return found.stream().filter(fault -> expected.stream().noneMatch(fault::contains)).toList();
  }

  private void console(ConsoleMessage message) {
    var text = message.text();
    if (message.type().equals("error") && !text.startsWith(STATUS) && !text.contains(REFUSAL)) {
      add("console: " + text + " at " + message.location());
    }
  }

  private void host(String url) {
    if (!url.startsWith(site + "/") && !url.startsWith("data:") && !url.startsWith("blob:")) {
      add("request to " + url);
    }
  }

  private void answer(Response response) {
    var refusable = MAY_BE_REFUSED.contains(response.request().resourceType());
    if (response.status() >= (refusable ? 500 : 400)) {
      add("answer " + response.status() + " from " + response.url());
    }
  }

  private void add(String fault) {
    found.add(fault);
  }
}
