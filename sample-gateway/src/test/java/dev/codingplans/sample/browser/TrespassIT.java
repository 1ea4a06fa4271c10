package dev.codingplans.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may see what. */
@BrowserTest
@DisplayName("A page opens to nobody else:")
@TestInstance(Lifecycle.PER_CLASS)
class TrespassIT {

  private Town town;

  @BeforeAll
  void settle(Site site) {
    town = site.town();
  }

  @Test
  @DisplayName("another user's subscription is not found, and neither is one that never was")
  void hidesSubscriptionsOfOthers(Site site, Browsing browsing) {
    var visit = browsing.as(site.customer());
    var page = visit.newTab();

    for (var id : List.of(town.subscription(), "00000000-0000-4000-8000-000000000000", "no-uuid")) {
      var answer = page.navigate(Shown.SUBSCRIPTION.path(id, ""));
      assertThat(answer.status()).as(id).isEqualTo(404);
      assertThat(page.locator("main").innerText()).doesNotContain(town.ada().id(), "Token Plan");
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Shown.class,
      names = {"STOCK", "UPLOAD", "SUBSCRIBERS", "OPERATION", "AUDIT", "USERS", "ALLOCATIONS"})
  @DisplayName("the operator's pages are closed to customers, who see no way to them")
  void closesTheConsole(Shown shown, Site site, Browsing browsing) {
    var page = browsing.as(site.customer()).open("/subscriptions");
    assertThat(page.locator("a[href^='/admin']").count()).isZero();

    assertThat(page.navigate(town.path(shown)).status()).isEqualTo(403);
    assertThat(page.locator("main").textContent()).isNotBlank();
    assertThat(page.locator("main form").count()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Shown.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOGIN", "NOT_FOUND"})
  @DisplayName("a stranger signs in first, and is then where the way led")
  void asksStrangersToSignIn(Shown shown, Site site, Browsing browsing) {
    var wanted = town.path(shown) + "?event=nothing";
    var page = browsing.asStranger(Look.DESKTOP).open(wanted);

    assertThat(page.url()).startsWith(site.address() + "/login?");
    assertThat(page.content()).doesNotContain(town.ada().id());

    var viewer = shown.viewer() == Shown.Viewer.OPERATOR ? site.operator() : town.ada();
    page.getByLabel("Access token").fill(viewer.token());
    page.getByText("Sign in with a token").click();
    page.waitForURL("**" + wanted);
    assertThat(page.content()).contains(viewer.id());
  }
}
