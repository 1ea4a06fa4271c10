package dev.codingplans.plugin.http.pages.center;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.VisitedPage;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("subscription center")
class CenterPageTest {

  private static final String CENTER = "/subscriptions";
  private static final String ON_SALE = "CODING_PLANS_PURCHASE_ENABLED";

  private static RoundTrips wire;
  private static TestPlugin plugin;
  private static Life life;

  @BeforeAll
  static void start() {
    var database = TestDatabase.fresh();
    wire = RoundTrips.to(database);
    var settings = new HashMap<>(wire.settings());
    settings.put(ON_SALE, "true");
    plugin = TestPlugin.on(database, settings, List.of());
    life = new Life(plugin);
  }

  @AfterAll
  static void stop() throws IOException {
    plugin.close();
    wire.close();
  }

  @Test
  @DisplayName("C1 C4 a card for each plan, in the catalog's order, with price and copy, no stock")
  void cards() {
    plugin.stock(PLUS, 3);
    plugin.credit("looker", 20);

    var page = visitor("looker").open(CENTER);

    assertThat(page.text())
        .containsSubsequence(
            "Coding plans", "Token Plan Plus", "Token Plan Max", "Token Plan Ultra", "Quota plans");
    assertThat(card(page, PLUS))
        .startsWith("M Token Plan Plus MiniMax $20 /month ~1.7B tokens a month 3-4 agents")
        .endsWith("Subscribe")
        .doesNotContain("3 in stock");
  }

  @Test
  @DisplayName("D2 D5 the balance is shown with the tier, and with what the next one brings, when")
  void balance() {
    plugin.credit("saver", 180);

    assertThat(visitor("saver").open(CENTER).text())
        .contains("$180.00 in credits")
        .contains("No discount tier: none")
        .containsPattern("Tier week, with 50% off .* starts on \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d");
    assertThat(visitor("stranger").open(CENTER).text())
        .contains("$0.00 in credits")
        .contains("starts 7 days after your first payment");
  }

  @Test
  @DisplayName("P1 P10 the dialog says what a purchase does; its form buys once, sent twice or not")
  void purchase() {
    plugin.stock(PLUS, 2);
    plugin.credit("buyer", 50);
    var dialog = visitor("buyer").open(confirm(PLUS));
    assertThat(dialog.text())
        .contains("Subscribe to MiniMax Token Plan Plus?", "$20 /month", "Paid from Credits")
        .contains("Balance now $50.00", "Balance after $30.00", "A MiniMax key is set up");

    var bought = dialog.form(confirm(PLUS)).submit();
    var again = dialog.form(confirm(PLUS)).submit();

    assertThat(bought.address()).isEqualTo(CENTER + "?event=plan_purchased");
    assertThat(bought.banner()).isEqualTo("Your plan is active, and its key is set up.");
    assertThat(again.banner()).isEqualTo(bought.banner());
    assertThat(life.balance("buyer")).isEqualTo(30_000_000);
    assertThat(bought.textOf("article", "/subscriptions/coding-plans/"))
        .startsWith("MiniMax Token Plan Plus Active Renews")
        .contains("Price $20 /month", "Paid from Credits");
  }

  @Test
  @DisplayName("P4 while a plan is live, all plans of its provider say so, and another tab is told")
  void oneOfAProvider() {
    plugin.stock(PLUS, 1);
    plugin.stock(MAX, 1);
    plugin.credit("couple", 100);
    var visitor = visitor("couple");
    var one = visitor.open(confirm(PLUS)).form(confirm(PLUS));
    var other = visitor.open(confirm(MAX)).form(confirm(MAX));

    one.submit();

    assertThat(other.submit().banner()).startsWith("You have a plan of this provider. Cancel it");
    var page = visitor.open(CENTER);
    for (var plan : List.of(PLUS, MAX, ULTRA)) {
      assertThat(card(page, plan))
          .contains("You have Token Plan Plus. Cancel it and wait until access ends");
      assertThat(page.html()).doesNotContain(confirm(plan));
    }
    var blocked = visitor.open(confirm(MAX));
    assertThat(blocked.text()).contains("You have a plan of MiniMax.");
    assertThat(blocked.hasForm(confirm(MAX))).isFalse();
  }

  @Test
  @DisplayName("P3 what the balance lacks is said on the card and in the dialog; nothing is bought")
  void tooLittle() {
    plugin.stock(PLUS, 1);
    plugin.credit("poor", 5);
    var visitor = visitor("poor");

    assertThat(visitor.open(CENTER).text()).contains("Add $15.00 to subscribe to Token Plan Plus.");
    assertThat(card(visitor.open(CENTER), PLUS)).contains("Your balance lacks $15.00");
    var dialog = visitor.open(confirm(PLUS));
    assertThat(dialog.text()).contains("Your balance lacks $15.00.");
    assertThat(dialog.hasForm(confirm(PLUS))).isFalse();

    var refused = visitor.open(CENTER).formLeftOpen(confirm(PLUS)).with("key", "k").submit();
    assertThat(refused.address()).isEqualTo(CENTER + "?error=insufficient_credits");
    assertThat(refused.banner()).startsWith("Your balance does not cover the price.");
  }

  @ParameterizedTest(name = "enabled: {0}")
  @CsvSource({"true, on", "false, off"})
  @DisplayName("B3 an own key blocks its provider's plans, switched off too, and says where it is")
  void ownKey(boolean enabled, String name) {
    plugin.stock(PLUS, 1);
    var user = "owner-" + name;
    plugin.credit(user, 100);
    plugin.call(
        "PUT",
        "/api/byok/minimax",
        "user:" + user,
        "{\"apiKey\": \"sk-own-0123456789\", \"enabled\": %s}".formatted(enabled));

    var page = visitor(user).open(CENTER);

    assertThat(card(page, PLUS)).contains("Delete your existing key first.");
    assertThat(page.html()).contains("<a href=\"/byok\">");
    assertThat(visitor(user).open(confirm(PLUS)).text()).contains("Delete your existing key first");
  }

  @Test
  @DisplayName("N1 a sold-out plan can be waited for, also beside a live one, and no more")
  void waiting() {
    life.subscribe("waiting", PLUS, 20);
    var notify = CENTER + "/plans/" + ULTRA + "/notify";
    var forget = CENTER + "/plans/" + ULTRA + "/forget";
    var before = visitor("waiting").open(CENTER);
    assertThat(card(before, ULTRA)).contains("Sold out", "Notify me when available");

    var saved = before.form(notify).submit();

    assertThat(saved.banner()).startsWith("Notification saved");
    assertThat(card(saved, ULTRA)).contains("Notification saved").doesNotContain("Notify me when");
    var withdrawn = saved.form(forget).submit();
    assertThat(withdrawn.banner()).isEqualTo("You will not be notified any more.");
    assertThat(withdrawn.hasForm(notify)).isTrue();
  }

  @Test
  @DisplayName(
      "C3 a paused plan says that it is not sold, a closed one is not there; both are told")
  void salesStates() {
    plugin.stock(MAX, 1);
    plugin.credit("late", 100);
    var visitor = visitor("late");
    var open = visitor.open(confirm(MAX)).form(confirm(MAX));
    try {
      sell(MAX, "paused");
      assertThat(card(visitor.open(CENTER), MAX)).contains("not sold at the moment");
      assertThat(open.submit().banner()).startsWith("This plan is not sold at the moment.");

      sell(MAX, "closed");
      assertThat(visitor.open(CENTER).text()).doesNotContain("Token Plan Max");
      assertThat(open.submit().banner()).startsWith("This plan is no longer sold.");
    } finally {
      sell(MAX, "open");
    }
    assertThat(open.submit().banner()).startsWith("Your plan is active");
  }

  @Test
  @DisplayName(
      "X1 X7 G1 each state has its date; what has ended, swept or not, is shown when asked for")
  void states() {
    var cancelled = life.subscribe("leaver", PLUS, 20);
    life.subscribe("debtor", PLUS, 25);
    life.cancel("leaver", cancelled);
    assertThat(visitor("leaver").open(CENTER).text())
        .contains("Cancellation scheduled Access ends")
        .contains("Your Token Plan Plus is cancelled. Wait until access ends")
        .doesNotContain("Show ended");
    assertThat(visitor("debtor").open(CENTER).text()).contains("lacks $15.00 for the next renewal");

    life.advance(Duration.ofDays(30));

    var hidden = visitor("leaver").open(CENTER);
    assertThat(hidden.text()).contains("You have no subscription.", "Show ended");
    assertThat(hidden.text()).doesNotContain("You cancelled it");
    var shown = visitor("leaver").open(CENTER + "?includeEnded=true");
    assertThat(shown.textOf("table", cancelled)).contains("You cancelled it", "$20 /month");
    life.sweep();
    assertThat(visitor("debtor").open(CENTER).text())
        .contains("Past due Grace ends", "your balance lacks $15.00. Add credit before the grace");
  }

  @Test
  @DisplayName("E2 a renewal that is due is not said to come; after the slack, access is paused")
  void lateRenewal() {
    life.subscribe("tardy", PLUS, 40);
    life.subscribe("graceless", PLUS, 20);
    life.advance(Duration.ofDays(30).plusHours(1));
    assertThat(visitor("tardy").open(CENTER).text()).contains("Active, renewal due Renewal due si");

    life.advance(Duration.ofDays(60));

    assertThat(visitor("tardy").open(CENTER).text())
        .contains("Renewal overdue, access paused Renewal due since");
    plugin
        .database()
        .execute(
            """
            update coding_plans.subscription
               set status = 'past_due', grace_ends_at = current_period_end + interval '3 days'
             where user_id = 'graceless'""");
    assertThat(visitor("graceless").open(CENTER).text())
        .contains("Past due, grace over Grace ended");
  }

  @Test
  @DisplayName("G2 with auto top-up, what the next renewal lacks is collected, not asked for")
  void missingWithTopUp() {
    life.subscribe("relaxed", PLUS, 25);
    visitor("relaxed").open(CENTER).form(CENTER + "/auto-top-up").submit();

    assertThat(visitor("relaxed").open(CENTER).text())
        .contains("lacks $15.00 for the next renewal. Auto top-up is on")
        .doesNotContain("Add credit before then");
  }

  @Test
  @DisplayName("G1 the balance pays the plan that is due first; a later one has what is left")
  void severalPlans() {
    life.subscribe("several", PLUS, 50);
    var ended = life.subscribe("spare", PLUS, 20);
    life.asAdmin(ended, "terminate", "");
    plugin
        .database()
        .execute(
            """
            insert into coding_plans.subscription overriding user value
            select (jsonb_populate_record(s, jsonb_build_object(
                     'id', '00000000-0000-4000-8000-000000000001', 'provider_id', 'other', 'plan_id', 'other',
                     'credential_id', ended.credential_id,
                     'renewal_at', s.renewal_at + interval '1 day'))).*
              from coding_plans.subscription s, coding_plans.subscription ended
             where s.user_id = 'several' and ended.user_id = 'spare'""");

    var text = visitor("several").open(CENTER).text();

    assertThat(text).containsOnlyOnce("for the next renewal");
    assertThat(text).contains("Your balance lacks $10.00 for the next renewal");
    var later = CENTER + "/coding-plans/00000000-0000-4000-8000-000000000001";
    assertThat(visitor("several").open(later).text())
        .contains("short by $10.00", "Other plans due before $20.00");
  }

  @Test
  @DisplayName("L3 a parked account is told that charges are on hold, and sold no quota units")
  void parked() {
    plugin.credit("parked", 50);
    plugin
        .database()
        .execute(
            "update coding_plans.credit_account set parked_at = now() where user_id = 'parked'");

    var page = visitor("parked").open(CENTER);

    assertThat(page.text()).contains("Charges to your account are on hold until the operator");
    assertThat(page.html()).doesNotContain("action=\"/subscriptions/quota/plans/");
  }

  @Test
  @DisplayName("a form that showed another price buys nothing")
  void otherPrice() {
    plugin.credit("surprised", 100);
    plugin.stock(PLUS, 1);
    var dialog = visitor("surprised").open(confirm(PLUS)).form(confirm(PLUS));

    var answer = dialog.with("price", "19000000").submit();

    assertThat(answer.banner()).contains("The price has changed");
    assertThat(plugin.get("/api/subscriptions", "user:surprised").json().get("items")).isEmpty();
  }

  @Test
  @DisplayName("F1 without purchases there are no plans to buy, but all that the user has")
  void purchasesHidden() {
    try (var other = TestPlugin.on(plugin.database(), Map.of(), List.of())) {
      life.subscribe("holder", PLUS, 20);

      var page = PageVisitor.of(other, "holder").open(CENTER);

      assertThat(page.text())
          .contains("Balance", "MiniMax Token Plan Plus Active")
          .doesNotContain("Coding plans", "Quota plans", "Subscribe ");
      assertThat(other.get(confirm(MAX), "user:holder").status()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("G2 auto top-up is switched on and off")
  void autoTopUp() {
    var on = visitor("topper").open(CENTER).form(CENTER + "/auto-top-up").submit();
    assertThat(on.banner()).isEqualTo("Auto top-up is on.");

    var off = on.form(CENTER + "/auto-top-up").submit();
    assertThat(off.banner()).isEqualTo("Auto top-up is off.");
  }

  @Test
  @DisplayName("the page asks the database twice: who is it, and what is there to show")
  void roundTrips() {
    life.subscribe("frequent", PLUS, 20);

    assertThat(wire.of(() -> visitor("frequent").open(CENTER + "?includeEnded=true")))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(wire.of(() -> visitor("frequent").open(CENTER + "/quota/units/vm")))
        .hasSizeLessThanOrEqualTo(2);
  }

  private static PageVisitor visitor(String user) {
    return PageVisitor.of(plugin, user);
  }

  private static String card(VisitedPage page, String plan) {
    return page.textOf("article", "<article id=\"plan-" + plan + "\"");
  }

  private static String confirm(String plan) {
    return CENTER + "/plans/" + plan + "/purchase";
  }

  private static void sell(String plan, String state) {
    TestPlugin.require(
        plugin.call(
            "PUT",
            "/admin/api/plans/" + plan + "/sales-state",
            "admin:root",
            "{\"state\": \"" + state + "\"}"),
        200);
  }
}
