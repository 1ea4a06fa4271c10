package dev.codingplans.sample.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator does with stock and with what is to be revoked. */
@BrowserTest
@DisplayName("An operator at the console")
class StockIT {

  private static final String CONSOLE = "/admin/coding-plans";
  private static final String CREDENTIALS = CONSOLE + "/credentials";

  @Test
  @DisplayName("I2 uploads a file and watches the progress until it is done")
  void uploadsFile(Site site, Browsing browsing) {
    var page = browsing.as(site.operator()).open(CONSOLE);
    var key = freshKey("max");
    assertThat(page.locator("select[name=provider]")).hasValue("minimax");

    page.getByLabel("Or choose a text file")
        .setInputFiles(
            new FilePayload(
                "keys.txt", "text/plain", (key + "::up-1\r\nno key\r\n").getBytes(UTF_8)));
    assertThat(page.locator("#entries")).hasValue(key + "::up-1\nno key\n");
    page.locator("#plan").selectOption("Token Plan Max");
    page.getByLabel("Store the good ones").check();
    button(page, "Upload").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The upload is done.");
    assertThat(page.locator("main")).containsText("1 of 2 lines were stored.");
    assertThat(page.locator(".lines tbody tr")).hasText(new String[] {"1 Stored", "2 Malformed"});
    assertThat(page.content()).doesNotContain(key);
    assertThat(Accessibility.findings(page)).isEmpty();
    Screenshots.take(page, Path.of("console-upload"));
  }

  @Test
  @DisplayName("I1 uploads without JavaScript, where a plan of another provider is refused")
  void withoutScript(Site site, Browsing browsing) {
    var visit = browsing.as(site.operator(), Look.DESKTOP.withoutScript());
    var page = visit.open(CONSOLE);
    assertThat(page.getByLabel("Or choose a text file")).isHidden();

    page.locator("#entries").fill(freshKey("plus") + "::up-1");
    page.locator("#plan").selectOption("Token Plan Plus");
    button(page, "Upload").click();
    for (int i = 0; i < 600 && page.getByText("Refresh").count() > 0; i++) {
      page.getByText("Refresh").click();
    }

    assertThat(page.locator("main")).containsText("1 of 1 lines were stored.");
  }

  @Test
  @DisplayName("V2 withdraws a credential and completes its revocation, with the keyboard alone")
  void revokes(Site site, Browsing browsing) {
    site.operator().clearStock(TokenPlan.ULTRA);
    site.operator().stock(TokenPlan.ULTRA, 1);
    var page =
        browsing
            .as(site.operator())
            .open(CREDENTIALS + "?status=available&planId=" + TokenPlan.ULTRA.id());
    var id = page.locator(".uuid").textContent();
    var dialog = page.getByRole(AriaRole.DIALOG);

    press(page, "Withdraw: credential " + id);
    assertThat(dialog).containsText("It leaves the stock for good");
    assertThat(Accessibility.findings(page)).isEmpty();
    page.keyboard().press("Escape");
    assertThat(dialog).hasCount(0);
    press(page, "Withdraw: credential " + id);
    dialog.locator("button").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("left the stock");

    page.navigate(CONSOLE);
    press(page, "Complete: credential " + id);
    assertThat(dialog).containsText(id);
    Screenshots.take(page, Path.of("console-complete"));
    dialog.locator("button").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("marked as revoked");
    assertThat(page.locator("#revocations")).not().containsText(id);
    link(page, "Revoked").click();
    assertThat(page.locator("#revocations")).containsText(id);
    assertThat(page).hasURL(site.address() + CONSOLE + "?event=revocation_completed");
  }

  @Test
  @DisplayName("C3 pauses a plan and opens it again, without JavaScript")
  void sells(Site site, Browsing browsing) {
    var page = browsing.as(site.operator(), Look.DESKTOP.withoutScript()).open(CONSOLE);
    var row = page.locator("#sales tr", new Page.LocatorOptions().setHasText("10 VMs"));

    for (var state : new String[] {"Paused", "Open"}) {
      row.getByRole(AriaRole.COMBOBOX).selectOption(state);
      row.getByRole(AriaRole.BUTTON).click();
      assertThat(row.locator(".badge")).hasText(state);
    }
  }

  @Test
  @DisplayName("sees all there is on one page, which nothing breaks on a phone or in the dark")
  void looks(Site site, Browsing browsing) {
    site.operator().stock(TokenPlan.PLUS, 2);
    site.customer().subscribeAndLose(TokenPlan.MAX);
    for (var look : new Look[] {Look.DESKTOP, Look.PHONE.dark()}) {
      var page = browsing.as(site.operator(), look).open(CONSOLE);
      for (var part : new String[] {"subscriptions", "operation", "audit"}) {
        page.evaluate("scrollTo(0, document.body.scrollHeight)");
        assertThat(page.locator("#" + part)).isAttached();
      }
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
      assertThat(Accessibility.findings(page)).isEmpty();
      Screenshots.take(page, Path.of("console-" + look.width()));
    }
  }

  private static String freshKey(String tier) {
    return "sk-sim-" + tier + "-console-" + UUID.randomUUID();
  }

  private static void press(Page page, String link) {
    link(page, link).focus();
    page.keyboard().press("Enter");
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }
}
