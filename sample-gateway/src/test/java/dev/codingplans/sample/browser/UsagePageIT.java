package dev.codingplans.sample.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@BrowserTest
@DisplayName("The pages of usage, in a browser")
class UsagePageIT {

  @Test
  @DisplayName("D1 charts say what they show, figures open as a table, and both come as a file")
  void charts(Site site, Browsing browsing) throws IOException {
    var ada = site.customer().withCredits(10);
    use(site, ada.id(), "chart");
    var page = browsing.as(ada, Look.PHONE.in("Asia/Tokyo")).open("/usage");

    assertThat(page.getByRole(AriaRole.IMG, named("Spend by day and category"))).isVisible();
    assertThat(page.getByRole(AriaRole.TABLE)).isHidden();
    page.getByText("All figures as a table").press("Enter");
    assertThat(page.getByRole(AriaRole.TABLE)).containsText("Together");
    // The first page of a visit does not know the zone yet.
    page.getByText("7 days").click();
    assertThat(page.getByText("in days of Asia/Tokyo")).isVisible();
    var file = page.waitForDownload(page.getByText("Download these figures as CSV")::click);

    assertThat(file.suggestedFilename()).isEqualTo("usage.csv");
    assertThat(Files.readString(file.path())).startsWith("day,category,").contains(",llm,1,");
  }

  @Test
  @DisplayName("E3 the preference is switched on and off")
  void preference(Site site, Browsing browsing) {
    var ada = site.customer();
    var page = browsing.as(ada).open("/usage");

    page.getByRole(AriaRole.BUTTON, named("Let credits pay")).click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("From now on credits pay");
    page.getByRole(AriaRole.BUTTON, named("Refuse such requests")).click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("requests are refused");
  }

  @Test
  @DisplayName("L1 a long statement grows where it is, and the file has the same filter")
  void statement(Site site, Browsing browsing) throws IOException {
    var ada = site.customer();
    for (int i = 1; i <= 30; i++) {
      ada.withCredits(i);
    }
    var page = browsing.as(ada).open("/usage/entries?kind=paid_credit");
    var rows = page.locator("tbody tr");
    assertThat(rows).hasCount(26);

    page.getByText("Show earlier entries").click();

    assertThat(rows).hasCount(30);
    assertThat(rows.last()).containsText("$1.00");
    var file = page.waitForDownload(page.getByText("Download all of these as CSV")::click);
    assertThat(Files.readString(file.path()).lines()).hasSize(31);
  }

  private static void use(Site site, String user, String id) {
    site.operator()
        .use(
            List.of(
                Map.of(
                    "eventId",
                    user + "-" + id,
                    "userId",
                    user,
                    "appliesTo",
                    "llm",
                    "kind",
                    "llm_token",
                    "amount",
                    1000,
                    "listCostMicrodollars",
                    1_500_000,
                    "occurredAt",
                    site.operator().now().toString())));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
