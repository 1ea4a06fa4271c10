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

/** What an operator does with subscriptions, the plugin's work, and the audit log. */
@BrowserTest
@DisplayName("An operator in a browser")
class OperationIT {

  private static final String SUBSCRIPTIONS = "/admin/coding-plans/subscriptions";
  private static final String OPERATION = "/admin/coding-plans/operation";
  private static final String AUDIT = "/admin/coding-plans/audit";

  @Test
  @DisplayName(
      "X3 terminates a subscription in a dialog, which can be left, with the keyboard alone")
  void terminates(Site site, Browsing browsing) {
    var user = site.customer();
    var id = user.subscribe(TokenPlan.MAX);
    var page = browsing.as(site.operator()).open(SUBSCRIPTIONS + "?userId=" + id);
    var terminate = link(page, "Terminate Token Plan Max of " + user.id());
    var dialog = page.getByRole(AriaRole.DIALOG);

    terminate.focus();
    page.keyboard().press("Enter");
    assertThat(dialog).containsText(user.id() + " loses access now");
    assertThat(Accessibility.findings(page)).isEmpty();
    Screenshots.take(page, Path.of("operator-terminate"));
    page.keyboard().press("Escape");
    assertThat(dialog).hasCount(0);

    terminate.focus();
    page.keyboard().press("Enter");
    dialog.getByText("Terminate now").focus();
    page.keyboard().press("Enter");

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The subscription has ended");
    assertThat(page.locator("tbody tr")).containsText("Terminated by an operator");
  }

  @Test
  @DisplayName("I8 swaps a credential and extends a subscription without JavaScript")
  void withoutScript(Site site, Browsing browsing) {
    var user = site.customer();
    var id = user.subscribe(TokenPlan.MAX);
    site.operator().stock(TokenPlan.MAX, 1);
    var page =
        browsing
            .as(site.operator(), Look.DESKTOP.withoutScript())
            .open(SUBSCRIPTIONS + "?userId=" + id);

    link(page, "Swap the credential of " + user.id() + " for Token Plan Max").click();
    button(page, "Swap the credential").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("has another credential");
    link(page, "Extend Token Plan Max of " + user.id()).click();
    page.getByLabel("Days (1–90)").fill("5");
    button(page, "Extend").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("additional days");
    assertThat(page)
        .hasURL(site.address() + SUBSCRIPTIONS + "?userId=" + id + "&event=subscription_extended");
  }

  @Test
  @DisplayName("sees how the work goes, and starts a sweep and a reconciliation")
  void operates(Site site, Browsing browsing) {
    var page = browsing.as(site.operator(), Look.DESKTOP.in("Asia/Tokyo")).open(OPERATION);

    button(page, "Sweep now").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The sweep is done");
    button(page, "Reconcile now").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The books are right");

    assertThat(Accessibility.findings(page)).isEmpty();
    Screenshots.take(page, Path.of("operator-operation"));
  }

  @Test
  @DisplayName("reads on in the audit log, where the next entries come into the same table")
  void readsOn(Site site, Browsing browsing) {
    for (int i = 0; i < 26; i++) {
      site.operator().api().post("/admin/api/discount-ladder/tick");
    }
    var page = browsing.as(site.operator()).open(AUDIT);
    var rows = page.locator("tbody tr");
    assertThat(rows).hasCount(25 + 1);

    link(page, "Load more").click();

    assertThat(rows.nth(26)).isVisible();
    assertThat(page.locator("table")).hasCount(1);
    assertThat(page).hasURL(site.address() + AUDIT);
  }

  @Test
  @DisplayName("finds nothing that scrolls sideways on a phone, or that axe minds in the dark")
  void onPhone(Site site, Browsing browsing) {
    site.customer().subscribe(TokenPlan.MAX);
    var visit = browsing.as(site.operator(), Look.PHONE.dark());

    for (var path : new String[] {SUBSCRIPTIONS, OPERATION, AUDIT}) {
      var page = visit.open(path);
      assertThat(page.evaluate("document.documentElement.scrollWidth")).as(path).isEqualTo(360);
      assertThat(Accessibility.findings(page)).as(path).isEmpty();
      Screenshots.take(
          page, Path.of("operator-phone-" + path.substring(path.lastIndexOf('/') + 1)));
    }
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }
}
