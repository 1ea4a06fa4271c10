package dev.codingplans.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Where the viewer is, and what the viewer's browser can do. */
@BrowserTest
@DisplayName("Pages suit their viewer:")
@TestInstance(Lifecycle.PER_CLASS)
class ViewersIT {

  private static final String TOKYO = "Asia/Tokyo";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

  private Town town;

  @BeforeAll
  void settle(Site site) {
    town = site.town();
  }

  @Test
  @DisplayName("times are those of the viewer's place, from the first page on")
  void showsLocalTimes(Browsing browsing) {
    var page = browsing.as(town.ada(), Look.DESKTOP.in(TOKYO)).open(town.path(Shown.SUBSCRIPTION));

    assertTimes(page, TOKYO);
    page.reload();
    assertTimes(page, TOKYO);
  }

  @Test
  @DisplayName("without scripts every page opens, and says that its times are in UTC")
  void worksWithoutScripts(Browsing browsing) {
    var look = Look.PHONE.withoutScript().in(TOKYO);
    var hers = browsing.as(town.ada(), look).newTab();
    var operators = browsing.as(town.site().operator(), look).newTab();
    for (var shown : Shown.values()) {
      if (shown.viewer() == Shown.Viewer.STRANGER) {
        continue;
      }
      var page = shown.viewer() == Shown.Viewer.OPERATOR ? operators : hers;
      assertThat(page.navigate(town.path(shown)).status()).isEqualTo(shown.status());
      assertThat(page.locator("h1").innerText()).as(shown.name()).isNotBlank();
      assertThat(page.locator("form:not([method]):visible").count()).as(shown.name()).isZero();
      if (page.locator("main time:not([data-date])").count() > 0) {
        assertTimes(page, "UTC");
      }
    }
  }

  /** Reads all of them at one moment: parts of the page come when they are ready. */
  private static void assertTimes(Page page, String zone) {
    page.waitForLoadState(LoadState.NETWORKIDLE);
    var times =
        (List<?>)
            page.locator("main time:not([data-date]):visible")
                .evaluateAll("times => times.map(time => [time.dateTime, time.innerText])");
    assertThat(times).isNotEmpty().allSatisfy(time -> assertTime((List<?>) time, zone));
    assertThat(page.locator("body > footer").innerText()).contains(zone);
  }

  private static void assertTime(List<?> time, String zone) {
    var at = Instant.parse((String) time.get(0));
    assertThat(time.get(1)).isEqualTo(TIME.format(at.atZone(ZoneId.of(zone))));
  }
}
