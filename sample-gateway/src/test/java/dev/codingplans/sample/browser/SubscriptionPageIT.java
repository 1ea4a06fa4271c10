package dev.codingplans.sample.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@BrowserTest
@DisplayName("The page of a subscription, in a browser")
class SubscriptionPageIT {

  private static final String FOLDER = "/subscriptions/coding-plans/";

  @Test
  @DisplayName("X1 cancelling and resuming ask in a dialog, which the keyboard opens and closes")
  void cancelsAndResumes(Site site, Browsing browsing) {
    var ada = site.customer();
    var page = browsing.as(ada).open(FOLDER + ada.subscribe(TokenPlan.PLUS));
    var dialog = page.getByRole(AriaRole.DIALOG);

    page.getByRole(AriaRole.BUTTON, named("Cancel subscription…")).press("Enter");
    assertThat(dialog).containsText("You keep what you have paid for");
    assertThat(dialog).containsText("Access until");
    page.keyboard().press("Escape");
    assertThat(dialog).isHidden();
    page.getByRole(AriaRole.BUTTON, named("Cancel subscription…")).click();
    within(dialog, "Keep it").click();
    assertThat(dialog).isHidden();
    page.getByRole(AriaRole.BUTTON, named("Cancel subscription…")).click();
    within(dialog, "Cancel subscription").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The cancellation is scheduled.");
    assertThat(page).hasURL(Pattern.compile(".*\\?event=cancel_scheduled$"));
    page.getByRole(AriaRole.BUTTON, named("Resume subscription…")).click();
    assertThat(dialog).containsText("renews by itself again");
    within(dialog, "Resume subscription").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The cancellation is taken back.");
    assertThat(page.getByText("Active", exactly())).isVisible();
  }

  @Test
  @DisplayName("X1 in another tab it was cancelled meanwhile: the page says so, and how it is now")
  void twoTabs(Site site, Browsing browsing) {
    var ada = site.customer();
    var visit = browsing.as(ada);
    var subscription = ada.subscribe(TokenPlan.PLUS);
    var page = visit.open(FOLDER + subscription);
    ada.api().post("/api/subscriptions/" + subscription + "/cancel");

    page.getByRole(AriaRole.BUTTON, named("Cancel subscription…")).click();

    assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("This changed meanwhile");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Resume subscription…"))).isVisible();
  }

  @Test
  @DisplayName("X1, U1 without scripts each question is a page, and the windows are one")
  void withoutScript(Site site, Browsing browsing) {
    var ada = site.customer();
    var page =
        browsing.as(ada, Look.PHONE.withoutScript()).open(FOLDER + ada.subscribe(TokenPlan.PLUS));

    page.getByText("Show what is left").click();
    assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasCount(2);
    page.goBack();
    page.getByText("Cancel subscription…").click();
    assertThat(page.getByRole(AriaRole.HEADING)).hasText("Cancel this subscription?");
    page.getByRole(AriaRole.BUTTON, named("Cancel subscription")).click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The cancellation is scheduled.");
    page.getByText("Resume subscription…").click();
    page.getByRole(AriaRole.BUTTON, named("Resume subscription")).click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The cancellation is taken back.");
  }

  @Test
  @DisplayName("U1, U3 the windows come by themselves; when the provider fails, on request")
  void windows(Site site, Browsing browsing) {
    var ada = site.customer();
    var subscription = ada.subscribe(TokenPlan.PLUS);
    var page = browsing.as(ada).newTab();
    var retry = page.getByRole(AriaRole.BUTTON, named("Try again"));

    site.withoutProvider(
        () -> {
          page.navigate(FOLDER + subscription);
          assertThat(retry).isVisible();
          assertThat(page.getByText("Active", exactly())).isVisible();
        });

    // A failure is remembered for some seconds.
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(60))
        .until(() -> bars(page, retry) == 2);
    assertThat(page.getByText("% left").first()).isVisible();
  }

  private static int bars(Page page, Locator retry) {
    if (retry.isVisible()) {
      page.waitForResponse(Pattern.compile(".*/windows"), retry::click);
    }
    return page.getByRole(AriaRole.PROGRESSBAR).count();
  }

  private static Locator within(Locator dialog, String name) {
    return dialog.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
