package dev.codingplans.plugin.http.pages.detail;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Manner;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.ProviderFake;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.VisitedPage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("the page of a subscription")
class DetailTest {

  private static final String FOLDER = "/subscriptions/coding-plans/";
  private static final Duration PERIOD = Duration.ofDays(30);
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final AtomicInteger KEYS = new AtomicInteger();

  private static ProviderFake provider;
  private static RoundTrips trips;
  private static TestPlugin plugin;
  private static Life life;

  @BeforeAll
  static void start() {
    provider = new ProviderFake();
    var database = TestDatabase.fresh();
    trips = RoundTrips.to(database);
    var settings = new HashMap<>(trips.settings());
    settings.put("MINIMAX_BASE_URL", provider.url());
    settings.put("CODING_PLANS_PURCHASE_ENABLED", "true");
    plugin = TestPlugin.on(database, settings, List.of());
    life = new Life(plugin);
  }

  @AfterAll
  static void stop() throws IOException {
    plugin.close();
    trips.close();
    provider.close();
  }

  @Test
  @DisplayName("R1 what is paid, from what and until when; a changed price does not touch it")
  void active() {
    var id = subscribe("ann", 45);
    plugin
        .database()
        .execute(
            "update coding_plans.subscription set price_microdollars = 15500000 where user_id = 'ann'");

    var page = detail("ann", id);

    assertThat(page.text())
        .contains("Token Plan Plus MiniMax Active The plan is paid for and renews by itself")
        .contains("Renews " + shown(life.instant(id, "renewalAt")))
        .contains("Charge $15.50 from your credits")
        .contains("Balance now $25.00 covers it, $9.50 will be left")
        .contains("$15.50 for every 30 days New subscribers pay $20. Your price stays")
        .contains("Paid from Credits")
        .contains("Provider key Installed")
        .contains("Subscribed " + shown(life.instant(id, "currentPeriodStart")).split(",")[0])
        .contains("Paid for this subscription in all: $20.00");
    assertThat(page.html()).doesNotContain(key("ann")).doesNotContain("upstream-");
  }

  @Test
  @DisplayName("X1 cancelling says before what comes of it, and can be taken back; both only once")
  void cancelAndResume() {
    var id = subscribe("ben", 20);
    var end = shown(life.instant(id, "currentPeriodEnd"));
    var asked = visitor("ben").open(FOLDER + id + "/cancel");
    assertThat(asked.text())
        .contains("Cancel this subscription?", "MiniMax Token Plan Plus", "Access until " + end)
        .contains("Charges None any more");

    var cancelled = asked.form(FOLDER + id + "/cancel").submit();

    assertThat(cancelled.banner()).startsWith("The cancellation is scheduled.");
    assertThat(cancelled.text())
        .contains("Active, cancellation scheduled", "Access ends " + end)
        .doesNotContain("Cancel subscription");
    assertThat(life.subscription(id).get("cancelAtPeriodEnd").asBoolean()).isTrue();
    assertThat(plugin.get(FOLDER + id + "/cancel", "user:ben").header("location"))
        .isEqualTo(FOLDER + id + "?error=invalid_state");

    var resume = visitor("ben").open(FOLDER + id + "/resume");
    assertThat(resume.text()).contains("Renews " + end, "Balance now $0.00 short by $20.00");
    assertThat(resume.form(FOLDER + id + "/resume").submit().banner())
        .startsWith("The cancellation is taken back.");
    assertThat(life.subscription(id).get("cancelAtPeriodEnd").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("G1, X1 past due: access until the grace ends; resuming with credit renews at once")
  void pastDue() {
    var id = subscribe("cid", 25);
    life.advance(PERIOD.plusHours(1));
    assertThat(detail("cid", id).text()).contains("Active, renewal due", "Renewal due since");
    life.sweep();
    var grace = shown(life.instant(id, "graceEndsAt"));
    assertThat(detail("cid", id).text())
        .contains("Past due The renewal could not be charged", "Grace ends " + grace)
        .contains("Balance now $5.00 short by $15.00", "What to do Add credit");

    var asked = visitor("cid").open(FOLDER + id + "/cancel");
    assertThat(asked.text()).contains("The open renewal is not charged", "until " + grace);
    var cancelled = asked.form(FOLDER + id + "/cancel").submit();
    assertThat(cancelled.text())
        .contains("Past due, cancellation scheduled", "Access ends " + grace);

    var unfunded = visitor("cid").open(FOLDER + id + "/resume");
    assertThat(unfunded.text()).contains("as soon as your balance covers it");
    assertThat(unfunded.form(FOLDER + id + "/resume").submit().banner()).contains("Add credit");
    life.cancel("cid", id);
    plugin.credit("cid", 20);
    var funded = visitor("cid").open(FOLDER + id + "/resume");
    assertThat(funded.text()).contains("charged at once", "covers it, $5.00 will be left");

    var renewed = funded.form(FOLDER + id + "/resume").submit();

    assertThat(renewed.banner()).contains("the open renewal was charged");
    assertThat(renewed.text()).contains("Renewal ", "in all: $40.00");
    assertThat(life.status(id)).isEqualTo("active");
  }

  @Test
  @DisplayName("E2 access goes on while a renewal is late, but not for longer than the slack")
  void lateRenewal() {
    var id = subscribe("lot", 40);
    life.advance(PERIOD.plusHours(1));
    assertThat(detail("lot", id).text()).contains("Access goes on meanwhile");

    life.advance(PERIOD.multipliedBy(2));

    assertThat(detail("lot", id).text())
        .contains("Renewal overdue, access paused", "Access is paused until the renewal is charged")
        .doesNotContain("Access goes on meanwhile");
  }

  @Test
  @DisplayName("L3 X1 a parked account is promised no charge, neither by the page nor by resuming")
  void parked() {
    var id = subscribe("pam", 20);
    life.advance(PERIOD.plusHours(1));
    life.sweep();
    life.cancel("pam", id);
    plugin.credit("pam", 20);
    park("pam", "now()");

    var asked = visitor("pam").open(FOLDER + id + "/resume");
    assertThat(asked.text()).contains("are on hold").doesNotContain("charged at once");
    var resumed = asked.form(FOLDER + id + "/resume").submit();

    assertThat(resumed.banner()).contains("not charged until the operator");
    assertThat(resumed.text())
        .contains("Charges to your account are on hold")
        .doesNotContain("covers it", "renews the plan at once");
    park("pam", "null");
    life.sweep();
  }

  @Test
  @DisplayName("X1 G2 a resumed renewal that auto top-up is to pay is not said to need credit")
  void resumedWithTopUp() {
    var id = subscribe("tom", 20);
    life.advance(PERIOD.plusHours(1));
    life.sweep();
    life.cancel("tom", id);
    plugin
        .database()
        .execute("update coding_plans.credit_account set auto_top_up = true where user_id = 'tom'");

    var resumed = visitor("tom").open(FOLDER + id + "/resume").form(FOLDER + id + "/resume");

    assertThat(resumed.submit().banner())
        .contains("The open renewal is charged in a moment")
        .doesNotContain("Add credit");
  }

  @Test
  @DisplayName("X4, X7, E3 what has ended says why, and what to do next")
  void ended() {
    var id = subscribe("dan", 20);
    life.cancel("dan", id);
    var end = shown(life.instant(id, "currentPeriodEnd"));
    var leftOpen = visitor("dan").open(FOLDER + id + "/resume").form(FOLDER + id + "/resume");
    life.advance(PERIOD);

    var page = detail("dan", id);

    assertThat(page.text())
        .contains("Ended This plan is not charged any more", "Access ended " + end)
        .contains(
            "Reason It was cancelled", "You can subscribe again", "requests to MiniMax are refused")
        .doesNotContain("What is left of the quota", "Resume");
    assertThat(page.html()).contains("href=\"/subscriptions#coding-plans\"");
    assertThat(leftOpen.submit().banner()).startsWith("This changed meanwhile");

    life.sweep();
    TestPlugin.require(
        plugin.call(
            "PUT",
            "/api/byok/minimax",
            "user:dan",
            "{\"apiKey\": \"sk-own-dan\", \"enabled\": true}"),
        200);
    assertThat(detail("dan", id).text())
        .contains("delete your own key of MiniMax first")
        .doesNotContain("You can subscribe again");
    TestPlugin.require(plugin.call("DELETE", "/api/byok/minimax", "user:dan", ""), 204);

    var next = subscribe("dan", 20);
    assertThat(detail("dan", id).html()).contains("href=\"" + FOLDER + next + "\"");
    life.asAdmin(next, "terminate", "");
    assertThat(detail("dan", next).text()).contains("Reason The operator ended it");
  }

  @Test
  @DisplayName("U1 the windows are bars with what is left and when they are full again")
  void windows() {
    var id = subscribe("eve", 20);
    provider.percent(120);
    var windows = visitor("eve").part(FOLDER + id + "/windows");
    provider.percent(80);

    assertThat(windows.text())
        .startsWith("Short term 5-hour window 120 % left")
        .contains("Weekly 1-week window 120 % left", "Full again on 12 Jan 2026, 00:00");
    assertThat(windows.html())
        .contains("<progress value=\"100\" max=\"100\"")
        .doesNotContain("<html");
    assertThat(visitor("eve").open(FOLDER + id + "/windows").html())
        .contains("<html", "href=\"" + FOLDER + id + "\"", "120 % left");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("U3 a provider that fails says so on its part of the page, and nowhere else")
  @CsvSource({
    "FAILING, does not say what is left, true",
    "PLANLESS, has no plan behind this subscription's key, true",
    "UNAUTHORIZED, does not accept this subscription's key, true"
  })
  void failingProvider(Manner manner, String words, boolean retry) {
    var user = "f-" + manner;
    var id = subscribe(user, 20);
    provider.treat(key(user) + "-" + KEYS.get(), manner);

    var windows = visitor(user).part(FOLDER + id + "/windows");

    assertThat(windows.text()).contains(words);
    assertThat(windows.html().contains("hx-get=\"" + FOLDER + id + "/windows\"")).isEqualTo(retry);
    assertThat(detail(user, id).text()).contains("Active");
  }

  @Test
  @DisplayName("R2 the billing history goes on where a page of it ends")
  void history() {
    var id = subscribe("gus", 20);
    for (int i = 0; i < Details.TERMS; i++) {
      TestPlugin.require(life.asAdmin(id, "extend", "{\"days\": 1}"), 200);
    }

    var page = detail("gus", id);

    assertThat(page.text())
        .contains("Extension by the operator", "free")
        .doesNotContain(" Subscribed 2");
    var more = page.html().replaceFirst("(?s).*hx-get=\"([^\"]*cursor[^\"]*)\".*", "$1");
    var rows = visitor("gus").part(more);
    assertThat(rows.html()).startsWith("<tr>").doesNotContain("cursor=");
    assertThat(rows.text()).contains("Subscribed", "$20.00");
    assertThat(visitor("gus").open(more).text())
        .contains("Billing history", "Subscribed", "$20.00");
    assertThat(plugin.get(more + "x", "user:gus").status()).isEqualTo(400);
  }

  @Test
  @DisplayName("R6 a key that is missing, or not the plan's, is said")
  void key() {
    var id = subscribe("hal", 20);
    plugin.database().execute("delete from coding_plans.byok_key where user_id = 'hal'");

    assertThat(detail("hal", id).text()).contains("Provider key Missing");
    TestPlugin.require(
        plugin.call(
            "PUT",
            "/api/byok/minimax",
            "user:hal",
            "{\"apiKey\": \"sk-own-hal\", \"enabled\": true}"),
        200);
    assertThat(detail("hal", id).text()).contains("Provider key Not in use");
  }

  @ParameterizedTest
  @DisplayName("what is somebody else's does not exist")
  @CsvSource({"''", "/cancel", "/resume", "/windows", "/terms"})
  void others(String below) {
    var path = FOLDER + Mine.ID + below;

    assertThat(plugin.get(path, "user:eve").status()).isEqualTo(404);
    assertThat(plugin.get(path, "").status()).isEqualTo(401);
  }

  @Test
  @DisplayName("the page costs the sign-in's way to the database and back, and one of its own")
  void roundTrips() {
    assertThat(trips.of(() -> detail("mine", Mine.ID))).hasSizeLessThanOrEqualTo(2);
  }

  private static void park(String user, String at) {
    plugin
        .database()
        .execute(
            "update coding_plans.credit_account set parked_at = %s where user_id = '%s'"
                .formatted(at, user));
  }

  private static VisitedPage detail(String user, String id) {
    return visitor(user).open(FOLDER + id);
  }

  private static PageVisitor visitor(String user) {
    return PageVisitor.of(plugin, user);
  }

  private static String subscribe(String user, long dollars) {
    plugin.stock(PLUS, List.of(key(user) + "-" + KEYS.incrementAndGet()));
    plugin.credit(user, dollars);
    var bought = plugin.buy(user, PLUS);
    TestPlugin.require(bought, 201);
    return bought.json().get("id").asText();
  }

  private static String key(String user) {
    return "sk-plus-of-" + user;
  }

  private static String shown(Instant at) {
    return SHOWN.format(at);
  }

  private static final class Mine {
    static final String ID = subscribe("mine", 20);
  }
}
