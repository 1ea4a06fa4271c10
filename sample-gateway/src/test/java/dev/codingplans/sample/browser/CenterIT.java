package dev.codingplans.sample.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What only a browser shows of the subscription center and the quota panel. */
@BrowserTest
@DisplayName("The subscription center in a browser")
class CenterIT {

  private static final String CENTER = "/subscriptions";

  @Test
  @DisplayName("P10 asks in a dialog that the keyboard opens, stays in and leaves, then buys")
  void dialog(Site site, Browsing browsing) {
    var ada = site.customer().withCredits(30);
    site.operator().stock(TokenPlan.PLUS, 1);
    var page = browsing.as(ada).open(CENTER);
    var subscribe = page.locator("a[href$='/" + TokenPlan.PLUS.id() + "/purchase']");

    subscribe.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("dialog[open]")).containsText("Balance after");
    assertThat(page.evaluate("document.activeElement.closest('dialog') !== null")).isEqualTo(true);
    assertThat(Accessibility.findings(page)).isEmpty();
    Screenshots.take(page, Path.of("purchase-dialog"));
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog")).hasCount(0);
    assertThat(subscribe).isFocused();

    subscribe.click();
    button(page, "Buy for $20").click();

    assertThat(page.getByRole(AriaRole.STATUS))
        .hasText("Your plan is active, and its key is set up.");
    assertThat(page.locator("#balance")).hasText("$10.00");
    assertThat(page.locator("#coding-plans button:disabled")).hasCount(3);
  }

  @Test
  @DisplayName("N1 remembers who waits for a sold-out plan, on a phone without scripts")
  void waiting(Site site, Browsing browsing) {
    var ada = site.customer();
    site.operator().clearStock(TokenPlan.ULTRA);
    var page = browsing.as(ada, Look.PHONE.withoutScript()).open(CENTER);
    var card = page.locator("#plan-" + TokenPlan.ULTRA.id());

    card.getByText("Notify me when available").click();
    assertThat(card).containsText("Notification saved");

    card.getByText("Do not notify me").click();
    assertThat(card).containsText("Notify me when available");
  }

  @Test
  @DisplayName("Q3 Q4 spins units up, and lets go of one in a dialog that says what it does")
  void units(Site site, Browsing browsing) {
    var ada = site.customer().withCredits(10);
    var page = browsing.as(ada).open(CENTER);

    button(page, "Buy 5 VMs for $10").click();
    page.getByLabel("Label (optional)").fill("build machine");
    button(page, "Spin up").click();
    assertThat(page.locator("#quota")).containsText("1 of 5 used");
    page.getByLabel("Release build machine").click();
    assertThat(page.locator("dialog[open]")).containsText("does not give it back");
    button(page, "Release it").click();

    assertThat(page.getByRole(AriaRole.STATUS)).hasText("It is released.");
    assertThat(page.locator("#quota")).containsText("None is running.");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
  }
}
