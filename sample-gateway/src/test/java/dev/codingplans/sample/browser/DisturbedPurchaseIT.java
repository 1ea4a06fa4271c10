package dev.codingplans.sample.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.codingplans.sample.browser.TokenPlan.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What browsers let people do in the middle of a purchase. */
@BrowserTest
@DisplayName("A purchase buys once and says what became of it:")
class DisturbedPurchaseIT {

  private static final String BOUGHT = "**/subscriptions?event=plan_purchased*";
  private static final int DOLLARS = 100;

  private Customer ada;

  @BeforeEach
  void stock(Site site) {
    ada = site.customer().withCredits(DOLLARS);
    site.operator().stock(PLUS, 2);
  }

  @Test
  @DisplayName("P4 in two tabs at once")
  void twoTabs(Browsing browsing) {
    var visit = browsing.as(ada);
    var one = ask(visit.open("/subscriptions"));
    var other = ask(visit.open("/subscriptions"));

    one.evaluate("button => button.form.requestSubmit(button)");
    other.evaluate("button => button.form.requestSubmit(button)");
    one.page().waitForURL("**/subscriptions?e*");
    other.page().waitForURL("**/subscriptions?e*");

    assertThat(one.page().locator(".banner")).isVisible();
    assertThat(other.page().locator(".banner")).isVisible();
    assertThat(new String[] {one.page().url(), other.page().url()})
        .filteredOn(url -> url.contains("event=plan_purchased"))
        .hasSize(1);
    assertBoughtOnce();
  }

  @Test
  @DisplayName("P7 with the back button, and with a reload of what came of it")
  void backAndReload(Browsing browsing) {
    var page = browsing.as(ada).open("/subscriptions");
    ask(page).click();
    page.waitForURL(BOUGHT);

    page.reload();
    page.goBack();
    assertThat(link(page)).hasCount(0);
    page.goForward();
    assertThat(link(page)).hasCount(0);
    assertBoughtOnce();
  }

  @Test
  @DisplayName("P7 by two clicks")
  void twoClicks(Browsing browsing) {
    var page = browsing.as(ada).open("/subscriptions");
    ask(page).dblclick();
    page.waitForURL(BOUGHT);
    assertBoughtOnce();
  }

  @Test
  @DisplayName("P7 on the page without scripts, and gone back from")
  void withoutScripts(Browsing browsing) {
    var page = browsing.as(ada, Look.PHONE.withoutScript()).open("/subscriptions");
    link(page).click();
    var form = page.url();
    confirm(page).click();
    page.waitForURL(BOUGHT);
    page.goBack();
    assertThat(page.url()).isEqualTo(form);
    assertBoughtOnce();
  }

  @Test
  @DisplayName("by somebody whose session has ended meanwhile: sign-in, and back to the plans")
  void signedOut(Browsing browsing) {
    var visit = browsing.as(ada);
    var page = visit.open("/subscriptions");
    var confirm = ask(page);
    visit.context().clearCookies();

    confirm.click();
    page.getByLabel("Access token").fill(ada.token());
    page.getByText("Sign in with a token").click();
    page.waitForURL("**/subscriptions");

    assertThat(ada.subscriptions()).isEmpty();
    ask(page).click();
    page.waitForURL(BOUGHT);
    assertBoughtOnce();
  }

  private void assertBoughtOnce() {
    assertThat(ada.subscriptions()).hasSize(1);
    assertThat(ada.balanceMicrodollars()).isEqualTo((DOLLARS - PLUS.dollars()) * 1_000_000L);
  }

  /** Opens the dialog, and returns what confirms it. */
  private static Locator ask(Page page) {
    link(page).click();
    return confirm(page);
  }

  private static Locator link(Page page) {
    return page.locator("a[href$='/" + PLUS.id() + "/purchase']");
  }

  private static Locator confirm(Page page) {
    return page.locator("form[action$='/purchase'] button:not([data-close])");
  }
}
