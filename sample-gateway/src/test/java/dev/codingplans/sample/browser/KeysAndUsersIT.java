package dev.codingplans.sample.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What only a browser shows of the pages of keys and of users. */
@BrowserTest
@DisplayName("The pages of keys and users")
class KeysAndUsersIT {

  @Test
  @DisplayName("B1 an own key is added, and deleted in a dialog that can be left with a key press")
  void ownKey(Site site, Browsing browsing) {
    var page = browsing.as(site.customer()).open("/byok");
    page.getByLabel("API key of MiniMax").fill(Customer.OWN_KEY);
    button(page, "Add key").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Key saved.");
    assertThat(page.content()).doesNotContain(Customer.OWN_KEY);

    button(page, "Delete").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Delete your key of MiniMax?");
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();

    button(page, "Delete").click();
    button(page, "Delete the key").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Key deleted.");
  }

  @Test
  @DisplayName("B1 an own key is deleted without JavaScript, after a page that asks")
  void withoutScript(Site site, Browsing browsing) {
    var customer = site.customer().withOwnKey(true);
    var page = browsing.as(customer, Look.PHONE.withoutScript()).open("/byok");

    button(page, "Delete").click();
    button(page, "Delete the key").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Key deleted.");
  }

  @Test
  @DisplayName("a gateway key is shown once, copied, and used; a reload makes no other")
  void gatewayKey(Site site, Browsing browsing) {
    var customer = site.customer().withOwnKey(true);
    var visit = browsing.as(customer);
    visit.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    var page = visit.open("/keys");
    page.getByLabel("Name of a new key").fill("laptop");
    button(page, "Create key").click();

    var key = page.locator("#new-key").textContent();
    page.locator("[data-copy=new-key]").click();
    assertThat(page.locator("[data-copy=new-key]")).hasText("Copied");
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(key);
    page.getByText("Claude Code").click();
    assertThat(page.locator("#claude-code"))
        .containsText("export ANTHROPIC_BASE_URL=\"" + site.address() + "\"");
    assertThat(page.locator("#claude-code")).containsText(key);
    assertThat(
            site.client()
                .send("GET", "/v1/models", "", "authorization", "Bearer " + key)
                .statusCode())
        .isEqualTo(200);

    page.reload();
    assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("no further key was made");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.content()).doesNotContain(key);
  }

  @Test
  @DisplayName("a gateway key is revoked in a dialog that names it")
  void revokes(Site site, Browsing browsing) {
    var customer = site.customer();
    customer.makeKey("old laptop");
    var page = browsing.as(customer).open("/keys");

    button(page, "Revoke old laptop").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("old laptop");
    button(page, "Revoke the key").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Key revoked.");
    assertThat(page.locator("tbody tr")).hasCount(0);
  }

  @Test
  @DisplayName("F3 an operator grants credits in a dialog that names the user")
  void grants(Site site, Browsing browsing) {
    var customer = site.customer().withCredits(1);
    var page = browsing.as(site.operator()).open("/admin/users?query=" + customer.id());

    button(page, "Grant credits to " + customer.id()).click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("balance of " + customer.id());
    page.getByLabel("Amount in dollars").fill("2.5");
    page.getByLabel("Kind").selectOption("granted_credit");
    page.getByLabel("Reason", new GetByLabelOptions().setExact(true)).fill("a test");
    page.getByRole(AriaRole.DIALOG).locator("button").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Credits granted.");
    assertThat(page.locator("tbody tr").first()).containsText("$3.50");
    assertThat(customer.balanceMicrodollars()).isEqualTo(3_500_000);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }
}
