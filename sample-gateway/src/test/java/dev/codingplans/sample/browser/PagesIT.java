package dev.codingplans.sample.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that holds for all pages, found out with one visit to each. */
@BrowserTest
@DisplayName("Every page")
@TestInstance(Lifecycle.PER_CLASS)
class PagesIT {

  private static final long MOST_BYTES = 60 * 1024;
  private static final double MOST_SHIFT = 0.02;

  /** How often the first look at each page is taken; more than once for figures to be shown. */
  private static final int LOOKS = Integer.getInteger("pages.looks", 1);

  /** Undoes what walking over the page with the keyboard has left behind. */
  private static final String AS_OPENED =
      """
      () => {
        document.activeElement.blur();
        document.querySelectorAll('.table').forEach(table => table.scrollTo(0, 0));
        scrollTo(0, 0);
      }""";

  private final List<String> table = new ArrayList<>();
  private Town town;

  @BeforeAll
  void settle(Site site) {
    town = site.town();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Shown.class)
  @DisplayName("is light, stands still, and is for everybody: by keyboard, in the dark, on a phone")
  void isForEverybody(Shown shown, Browsing browsing) {
    var softly = new SoftAssertions();
    var before =
        IntStream.range(1, LOOKS)
            .mapToObj(n -> FirstLook.at(town.visit(browsing, shown).newTab(), town.path(shown)))
            .toList();
    var page = town.visit(browsing, shown).newTab();
    var first = FirstLook.at(page, town.path(shown));
    table.add(first.row(shown.path(), before));
    softly.assertThat(first.bytes()).as("bytes").isLessThan(MOST_BYTES);
    softly.assertThat(first.layoutShift()).as("layout shift").isLessThan(MOST_SHIFT);
    softly.assertThat(page.title()).as("title").isNotBlank();
    softly.assertThat(page.content()).as("source").doesNotContain(town.secrets());
    softly.assertThat(Keyboard.faults(page)).as("by keyboard").isEmpty();
    look(page, shown, "light", softly);

    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    look(page, shown, "dark", softly);

    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(Look.PHONE.width(), Look.PHONE.height());
    var again = page.reload();
    softly.assertThat(FirstLook.layoutShift(page)).as("on a phone").isLessThan(MOST_SHIFT);
    softly.assertThat(PhoneScreen.faults(page)).as("on a phone").isEmpty();
    softly.assertThat(again.status()).as("status").isEqualTo(shown.status());
    softly.assertThat(Policy.faults(again)).as("headers").isEmpty();
    softly.assertThat(again.text()).as("source").doesNotContain(town.secrets());
    look(page, shown, "phone", softly);

    softly.assertAll();
  }

  private static void look(Page page, Shown shown, String how, SoftAssertions softly) {
    page.evaluate(AS_OPENED);
    Screenshots.take(page, Path.of(shown.picture() + "-" + how));
    softly.assertThat(Accessibility.findings(page)).as("axe, " + how).isEmpty();
  }

  @AfterAll
  void print() {
    System.out.println(
        "| page | requests | KiB over the wire | first paint, ms | layout shift |\n|---|---|---|---|---|\n"
            + String.join("\n", table));
  }
}
