package dev.codingplans.plugin.http.pages.quota;

import static dev.codingplans.plugin.support.QuotaCalls.FIVE;
import static dev.codingplans.plugin.support.QuotaCalls.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy.Verdict;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.QuotaCalls;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("quota panel")
class QuotaPanelTest {

  private static final String CENTER = "/subscriptions";
  private static final String BUY_FIVE = CENTER + "/quota/plans/" + FIVE;
  private static final String BUY_TEN = CENTER + "/quota/plans/" + TEN;
  private static final String TAKE = CENTER + "/quota/units/vm";

  private static TestPlugin plugin;
  private static QuotaCalls calls;

  @BeforeAll
  static void start() {
    plugin =
        TestPlugin.on(
            TestDatabase.fresh(),
            Map.of("CODING_PLANS_PURCHASE_ENABLED", "true"),
            List.of(
                (caller, plan) ->
                    CompletableFuture.completedFuture(
                        caller.user().value().equals("unproven")
                            ? new Verdict.KycRequired("Prove who you are.")
                            : new Verdict.Allowed())));
    calls = new QuotaCalls(plugin);
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName(
      "Q1 Q2 plans to buy while nothing runs; one press buys one, and then units are shown")
  void purchase() {
    plugin.credit("buyer", 25);
    var page = visitor("buyer").open(CENTER);
    assertThat(page.textOf("section", "id=\"quota\""))
        .contains("5 VMs $10 once, for 30 days", "10 VMs $20 once, for 30 days");

    var form = page.form(BUY_FIVE);
    var bought = form.submit();
    form.submit();

    assertThat(bought.address()).isEqualTo(CENTER + "?event=quota_purchased");
    assertThat(bought.banner()).isEqualTo("Your quota plan runs now. Spin up what you need.");
    assertThat(bought.textOf("section", "id=\"quota\""))
        .contains("5 VMs Runs until", "0 of 5 used 5 left", "Spin up", "None is running.");
    assertThat(bought.html()).contains("<progress value=\"0\" max=\"5\">");
    assertThat(bought.hasForm(BUY_TEN)).isFalse();
    assertThat(balance("buyer")).isEqualTo(15_000_000);
  }

  @Test
  @DisplayName(
      "Q3 Q4 units are taken and let go of; letting go says what it does and gives none back")
  void units() {
    plugin.credit("runner", 10);
    TestPlugin.require(calls.buy("runner", FIVE), 201);
    var form = visitor("runner").open(CENTER).form(TAKE).with("label", "<b>build</b> & \"test\"");

    var taken = form.submit();
    form.submit();

    assertThat(taken.banner()).isEqualTo("One unit is yours now.");
    assertThat(taken.text()).contains("1 of 5 used");
    assertThat(taken.textOf("table", "</table>")).contains("<b>build</b> & \"test\" 5 VMs");
    assertThat(taken.html()).doesNotContain("<b>build");

    var unit = calls.held("runner", "vm").get(0).get("id").asText();
    var release = TAKE + "/" + unit + "/release";
    assertThat(taken.html()).contains("hx-get=\"" + release);
    var question = visitor("runner").open(release);
    assertThat(question.text()).contains("releasing it does not give it back", "<b>build</b>");
    var released = question.form(release).submit();
    assertThat(released.banner()).isEqualTo("It is released.");
    assertThat(released.text()).contains("1 of 5 used", "None is running.");
    assertThat(plugin.get(release, "user:somebody-else").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("more units than the panel shows are on a page of their own, newest first")
  void manyUnits() {
    var catalog =
        """
        {"providers": [], "plans": [{"id": "many", "kind": "quota", "name": "Many", "unit": "vm",
          "units": 60, "priceMicrodollars": 60, "periodDays": 30, "features": []}]}""";
    try (var other =
        TestPlugin.on(TestDatabase.fresh(), Map.of("CODING_PLANS_CATALOG", catalog), List.of())) {
      other.credit("hoarder", 1);
      var many = new QuotaCalls(other);
      TestPlugin.require(many.buy("hoarder", "many"), 201);
      for (int i = 1; i <= 26; i++) {
        many.take("hoarder", "vm", "{\"label\": \"unit-%d-\"}".formatted(i), key());
      }
      var visitor = PageVisitor.of(other, "hoarder");

      assertThat(visitor.open(CENTER).text()).contains("unit-26- Many", "Show more units");
      var first = visitor.open(TAKE);
      assertThat(first.text()).containsSubsequence("unit-26-", "unit-2-").doesNotContain("unit-1-");
      var rest = visitor.open(first.link("?cursor="));
      assertThat(rest.text()).contains("unit-1-").doesNotContain("unit-2-", "Show more");
    }
  }

  @Test
  @DisplayName("Q2 each refusal of a purchase has a banner of its own")
  void refusedPurchases() {
    plugin.credit("unproven", 100);
    plugin.credit("holder", 100);
    TestPlugin.require(calls.buy("holder", FIVE), 201);

    assertThat(refused("unproven", BUY_FIVE))
        .isEqualTo(
            "kyc_required: Your identity has to be verified before you can buy this plan."
                + " Nothing was charged.");
    assertThat(refused("holder", CENTER + "/quota/plans/no-such-plan")).startsWith("unknown_plan:");
    assertThat(refused("holder", BUY_TEN)).startsWith("plan_active: You have a plan with such");
    assertThat(refused("beggar", BUY_FIVE)).startsWith("insufficient_credits: Your balance");
    try {
      sell("paused");
      assertThat(refused("beggar", BUY_TEN)).startsWith("purchases_paused: This plan is not sold");
      assertThat(visitor("beggar").open(CENTER).hasForm(BUY_TEN)).isFalse();
      sell("closed");
      assertThat(refused("beggar", BUY_TEN)).startsWith("plan_closed: This plan is no longer");
      assertThat(visitor("beggar").open(CENTER).text()).doesNotContain("10 VMs");
    } finally {
      sell("open");
    }
  }

  @Test
  @DisplayName("Q3 so has each refusal of a unit")
  void refusedUnits() {
    plugin.credit("user", 10);
    assertThat(refused("user", TAKE)).startsWith("no_active_plan: You have no quota plan");
    TestPlugin.require(calls.buy("user", FIVE), 201);
    for (int i = 0; i < 5; i++) {
      TestPlugin.require(calls.take("user", "vm"), 201);
    }

    assertThat(refused("user", TAKE)).startsWith("quota_exhausted: All units of your plan");
    var page = visitor("user").open(CENTER);
    assertThat(page.hasForm(TAKE)).isFalse();
    assertThat(page.text()).contains("5 of 5 used 0 left All units are used.");
  }

  @Test
  @DisplayName("a label that cannot be printed, or a form without a key, takes nothing")
  void malformed() {
    plugin.credit("careless", 10);
    TestPlugin.require(calls.buy("careless", FIVE), 201);
    var form = visitor("careless").open(CENTER).form(TAKE);

    assertThat(form.with("label", "a\u0001b").submit().address()).contains("invalid_request");
    assertThat(form.without("key").submit().address()).contains("invalid_request");
    assertThat(calls.held("careless", "vm")).isEmpty();
  }

  private static String refused(String user, String action) {
    var page = visitor(user).open(CENTER).formLeftOpen(action).with("key", key()).submit();
    var code = page.address().replaceFirst("^/subscriptions\\?error=", "");
    return code + ": " + page.banner();
  }

  private static PageVisitor visitor(String user) {
    return PageVisitor.of(plugin, user);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static long balance(String user) {
    return plugin.get("/api/credits", "user:" + user).json().get("balanceMicrodollars").asLong();
  }

  private static void sell(String state) {
    TestPlugin.require(
        plugin.call(
            "PUT",
            "/admin/api/plans/" + TEN + "/sales-state",
            "admin:root",
            "{\"state\": \"" + state + "\"}"),
        200);
  }
}
