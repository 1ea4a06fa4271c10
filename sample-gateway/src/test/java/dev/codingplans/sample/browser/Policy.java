package dev.codingplans.sample.browser;

import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The headers that every page is sent with. */
final class Policy {

  private static final List<String> SAID =
      List.of(
          "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'");
  private static final List<String> LOOSE =
      List.of("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:", "blob:");
  private static final Map<String, String> BESIDES =
      Map.of(
          "x-content-type-options", "nosniff",
          "referrer-policy", "same-origin",
          "cache-control", "no-store");

  private Policy() {}

  /** Returns what a page's headers leave open. */
  static List<String> faults(Response response) {
    var headers = response.allHeaders();
    var policy = headers.getOrDefault("content-security-policy", "");
    var faults = new ArrayList<String>();
    SAID.stream()
        .filter(said -> !policy.contains(said))
        .map(said -> "no " + said)
        .forEach(faults::add);
    LOOSE.stream().filter(policy::contains).forEach(faults::add);
    BESIDES.forEach(
        (name, value) -> {
          if (!headers.getOrDefault(name, "").contains(value)) {
            faults.add(name + ": " + headers.get(name));
          }
        });
    return faults;
  }
}
