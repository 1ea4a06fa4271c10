package dev.codingplans.sample.browser;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Texts of users that would do something, if a page let them. */
@BrowserTest
@DisplayName("Hostile texts are only texts:")
@TestInstance(Lifecycle.PER_CLASS)
class HostileTextIT {

  private static final List<String> TEXTS =
      List.of(
          "<script>took=1</script>",
          "\"><img src=x onerror=took=1>",
          "'><svg/onload=took=1>",
          "javascript:took=1",
          "</textarea></title><b id=took>",
          "{{took=1}}${took=1}");

  private static final String TAKEN =
      """
      () => typeof took !== 'undefined'
          || document.querySelector('img[src=x], svg[onload], [id=took], [onerror]') !== null
          || [...document.links].some(link => link.protocol === 'javascript:')
          || [...document.scripts].some(script => !script.src)""";

  /** Everything that some page reads from its address. */
  private static final String QUERY =
      Stream.of("error", "event", "query", "userId", "status", "cursor", "planId", "q")
          .map(name -> name + "=" + encoded(String.join(" ", TEXTS)))
          .collect(joining("&", "?", "&returnTo=" + encoded("javascript:took=1")));

  private Customer mallory;
  private String subscription;

  @BeforeAll
  void settle(Site site) {
    mallory = site.customer("mallory" + TEXTS.get(1));
    subscription = mallory.subscribe(TokenPlan.PLUS);
    mallory.withAllowance("vm-10-monthly", 20);
    for (var text : TEXTS) {
      mallory.takeUnit("vm", text);
      mallory.makeKey(text);
      site.operator().credit(mallory.id(), 1, text);
    }
  }

  @Test
  @DisplayName("labels, names and reasons")
  void labelsNamesReasons(Site site, Browsing browsing) {
    var hers = browsing.as(mallory).newTab();
    var operators = browsing.as(site.operator()).newTab();
    for (var shown : Shown.values()) {
      var page = shown.viewer() == Shown.Viewer.OPERATOR ? operators : hers;
      page.navigate(shown.path(subscription, site.town().upload()));
      assertInert(page);
    }
    hers.navigate("/subscriptions");
    assertThat(hers.locator("main").innerText()).contains(TEXTS);
    hers.navigate("/keys");
    assertThat(hers.locator("main").innerText()).contains(TEXTS);
    operators.navigate("/admin/allocations");
    assertThat(operators.locator("main").innerText()).contains(TEXTS).contains(mallory.id());
  }

  @Test
  @DisplayName("what an address asks for")
  void parameters(Site site, Browsing browsing) {
    var hers = browsing.as(mallory).newTab();
    var operators = browsing.as(site.operator()).newTab();
    var stranger = browsing.asStranger(Look.DESKTOP).newTab();
    for (var shown : Shown.values()) {
      var page =
          switch (shown.viewer()) {
            case STRANGER -> stranger;
            case CUSTOMER -> hers;
            case OPERATOR -> operators;
          };
      page.navigate(shown.path(subscription, site.town().upload()) + QUERY);
      assertInert(page);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void assertInert(Page page) {
    assertThat(page.evaluate(TAKEN)).as(page.url()).isEqualTo(false);
  }
}
