package dev.codingplans.sample.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The browser tests' own footing. */
@BrowserTest
@DisplayName("A browser on the running gateway")
class BrowserSupportIT {

  private static final String API_BROWSER = "/swagger-ui/";

  @Test
  @DisplayName("opens a page, and its viewer is where and who the test says")
  void opensAPage(Site site, Browsing browsing) {
    var visit = browsing.as(site.customer(), Look.PHONE.dark().in("Asia/Tokyo"));

    var page = visit.open(API_BROWSER);

    assertThat(page.locator("#swagger-ui")).isAttached();
    assertThat(page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"))
        .isEqualTo("Asia/Tokyo");
    assertThat(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).isEqualTo(true);
    assertThat(page.evaluate("innerWidth")).isEqualTo(360);
  }

  @Test
  @DisplayName("has people in every state that a page shows")
  void makesPeople(Site site) {
    var due = site.customer();
    due.subscribeAndFallDue(TokenPlan.PLUS);
    var ended = site.customer();
    ended.subscribeAndLose(TokenPlan.MAX);
    var leaving = site.customer();
    leaving.subscribeAndCancel(TokenPlan.ULTRA);
    var renter = site.customer().withOwnKey(false).withAllowance("vm-5-monthly", 10);
    renter.takeUnit("vm", "a machine");
    renter.makeKey("a laptop");
    site.operator().clearStock(TokenPlan.MAX);
    renter.waitFor(TokenPlan.MAX);

    assertThat(due.subscriptions().findValuesAsText("status")).containsExactly("past_due");
    assertThat(ended.subscriptions().findValuesAsText("status")).containsExactly("canceled");
    assertThat(leaving.subscriptions().get(0).get("cancelAtPeriodEnd").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("knows what goes wrong behind a page")
  void seesFaults(Site site, Browsing browsing) {
    var visit = browsing.asStranger(Look.DESKTOP);
    var page = visit.open(API_BROWSER);

    page.evaluate("console.error('a mistake')");
    page.evaluate("setTimeout(() => { throw new Error('a slip') })");
    page.setContent("<img src='/health/nothing.png'><img src='http://127.0.0.2:9/spy.png'>");
    page.waitForLoadState();

    assertThat(visit.faults())
        .anySatisfy(fault -> assertThat(fault).contains("a mistake"))
        .anySatisfy(fault -> assertThat(fault).contains("a slip"))
        .anySatisfy(fault -> assertThat(fault).startsWith("answer 40"))
        .anySatisfy(fault -> assertThat(fault).contains("request to http://127.0.0.2:9/"));
    visit.expecting("");
  }

  @Test
  @DisplayName("has axe look at a page")
  void looksForBarriers(Browsing browsing) {
    var page = browsing.asStranger(Look.DESKTOP).open(API_BROWSER);

    page.setContent("<!doctype html><title>Bare</title><img src='data:,'>");

    assertThat(Accessibility.findings(page))
        .anySatisfy(finding -> assertThat(finding).startsWith("image-alt (critical)"))
        .anySatisfy(finding -> assertThat(finding).startsWith("html-has-lang (serious)"));
  }
}
