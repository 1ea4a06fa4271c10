package dev.codingplans.plugin.http.pages.spending;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.Usage;
import dev.codingplans.plugin.support.VisitedPage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the pages of usage and of what moved the balance")
class SpendingTest {

  private static final String ENTRIES = "/usage/entries";

  private static RoundTrips trips;
  private static TestPlugin plugin;
  private static Usage usage;
  private static Instant noon;
  private static String subscription;

  /** Ann paid 60 days ago, bought a plan, used models and machines, and more than she had. */
  @BeforeAll
  static void start() {
    var database = TestDatabase.fresh();
    trips = RoundTrips.to(database);
    plugin = TestPlugin.on(database, trips.settings(), List.of());
    usage = new Usage(plugin);
    subscription = new Life(plugin).subscribe("ann", PLUS, 30);
    usage.advance(Duration.ofDays(60));
    noon = usage.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));
    use("llm-1", "llm", 4_000_000, noon);
    use("llm-2", "llm", 2_000_000, noon);
    use("vm-1", "vm", 1_000_000, noon.minus(Duration.ofDays(1)));
    use("vm-2", "vm", 9_000_000, noon.minus(Duration.ofDays(10)));
    usage.apply();
  }

  @AfterAll
  static void stop() throws IOException {
    plugin.close();
    trips.close();
  }

  @Test
  @DisplayName("D3, D5, D7 what was spent, saved and not collected, of the range that is asked for")
  void totals() {
    var month = visit("ann", "/usage");
    var week = visit("ann", "/usage?days=7");

    assertThat(month.text())
        .contains("Spent on usage $11.50 $16.00 at list price")
        .contains("Saved by your discount $4.50 75 % off discounted usage now (tier “month”)")
        .contains("Requests 4 charged in this range", "Balance $0.00")
        .contains("$1.50 of your usage was not covered by your balance, $1.50 of it in this range");
    assertThat(week.text()).contains("Spent on usage $2.50 $7.00 at list price", "Requests 3");
    assertThat(week.html()).contains("aria-current=\"true\" href=\"/usage?days=7\"");
    assertThat(plugin.get("/usage?days=8", "user:ann").status()).isEqualTo(400);
  }

  @Test
  @DisplayName("D1 charts have a title, a description, a legend, and a table of the same figures")
  void charts() {
    var page = visit("ann", "/usage?days=30");

    assertThat(page.html())
        .containsOnlyOnce("<title id=\"spend-title\">Spend by day and category</title>")
        .contains("<desc id=\"requests-description\">4 in the last 30 days.")
        .contains("<title>" + day(noon) + ": $1.50</title>", "<title>" + day(noon) + ": 2</title>")
        .doesNotContain("style=");
    assertThat(page.textsOf("li")).contains("Models (llm)", "Machines (vm)");
    assertThat(page.textsOf("tr"))
        .contains(
            year(noon) + " Models (llm) 2 $6.00 $4.50 $1.50 $0.00",
            "Together 4 $16.00 $4.50 $11.50 $1.50");
  }

  @Test
  @DisplayName("D1 days are those of the viewer's zone, also in the file")
  void zones() {
    var zone = ZoneId.of("Pacific/Kiritimati");
    use("late", "zoe", "llm", 1_000_000, noon);
    usage.apply();
    var local = LocalDate.ofInstant(noon, zone);

    var page =
        plugin.call("GET", "/usage", "user:zoe", "", "cookie", "time_zone=Pacific%2FKiritimati");
    var file =
        plugin.call(
            "GET", "/usage/days.csv", "user:zoe", "", "cookie", "time_zone=Pacific%2FKiritimati");

    assertThat(local).isEqualTo(LocalDate.ofInstant(noon, ZoneOffset.UTC).plusDays(1));
    assertThat(page.body()).contains("in days of Pacific/Kiritimati");
    assertThat(file.header("content-type")).startsWith("text/csv");
    assertThat(file.header("content-disposition")).contains("usage.csv");
    assertThat(file.body())
        .isEqualTo(
            """
            day,category,requests,listCostMicrodollars,chargeMicrodollars,savedMicrodollars,uncollectedMicrodollars\r
            %s,llm,1,1000000,1000000,0,1000000\r
            """
                .formatted(local));
  }

  @Test
  @DisplayName("whoever has used nothing is told what would be here")
  void empty() {
    assertThat(visit("new", "/usage").text())
        .contains("Nothing was paid from credits in the last 30 days.", "No discount yet");
    assertThat(visit("new", ENTRIES).text()).contains("Nothing has moved your balance yet.");
  }

  @Test
  @DisplayName("E3 credits pay for a lost plan only for whoever switches that on")
  void preference() {
    var page = visit("pat", "/usage");
    assertThat(page.text()).contains("Requests are refused");

    var on = page.form("/usage/preference").submit();

    assertThat(on.banner())
        .isEqualTo("From now on credits pay where a plan is used up or has ended.");
    assertThat(on.text()).contains("Credits pay Requests go on");
    assertThat(pays("pat")).isTrue();
    assertThat(on.form("/usage/preference").submit().banner()).contains("requests are refused");
    assertThat(pays("pat")).isFalse();
  }

  @Test
  @DisplayName("L1, L4 the statement spells out each entry, by kind and by days")
  void entries() {
    var all = visit("ann", ENTRIES);
    var bought = visit("ann", ENTRIES + "?kind=activation&from=&to=");

    assertThat(all.text()).contains("Payment test $30.00 $30.00").contains("Plan bought");
    assertThat(bought.textsOf("tr"))
        .hasSize(2)
        .last()
        .asString()
        .contains("Plan bought Coding plan: MiniMax Token Plan Plus −$20.00 $10.00");
    assertThat(bought.html())
        .contains("href=\"/subscriptions/coding-plans/" + subscription + "\"")
        .contains("href=\"/api/credits/entries?format=csv&amp;kind=activation\"")
        .contains("<option value=\"activation\" selected>");
    assertThat(visit("ann", ENTRIES + "?to=2000-01-01").text()).contains("No entry fits.");
    var today = LocalDate.ofInstant(usage.now(), ZoneOffset.UTC);
    assertThat(visit("ann", ENTRIES + "?kind=usage&from=" + today + "&to=" + today).textsOf("tr"))
        .hasSizeGreaterThan(1);
    assertThat(plugin.get(ENTRIES + "?kind=gift", "user:ann").status()).isEqualTo(400);
  }

  @Test
  @DisplayName("L1 a long statement goes on, row after row, with the filter that was chosen")
  void longStatement() {
    for (int i = 1; i <= 26; i++) {
      plugin.credit("lou", i);
    }
    var page = visit("lou", ENTRIES + "?kind=paid_credit");
    var more = page.html().replaceFirst("(?s).*hx-get=\"([^\"]*)\".*", "$1").replace("&amp;", "&");

    var rows = PageVisitor.of(plugin, "lou").part(more);

    assertThat(more).startsWith(ENTRIES + "?kind=paid_credit&cursor=");
    assertThat(page.textsOf("tr")).hasSize(27);
    assertThat(rows.textsOf("tr")).hasSize(1);
    assertThat(rows.text()).endsWith("Payment test $1.00 $1.00");
    assertThat(visit("lou", more).text()).contains("Payment test $1.00 $1.00");
  }

  @Test
  @DisplayName("what somebody wrote is inert")
  void inert() {
    var given =
        plugin.call(
            "POST",
            "/admin/api/users/mal/credits",
            "admin:root",
            """
            {"amountMicrodollars": 1, "kind": "granted_credit", "reason": "<script>alert(1)</script>"}""",
            "Idempotency-Key",
            "mal");
    TestPlugin.require(given, 201);

    assertThat(visit("mal", ENTRIES).html())
        .doesNotContain("<script>alert")
        .contains("&lt;script&gt;alert(1)");
  }

  @Test
  @DisplayName("each page costs the sign-in's way to the database and back, and one of its own")
  void roundTrips() {
    // The zones that the database knows are asked for once.
    plugin.call("GET", "/usage", "user:ann", "", "cookie", "time_zone=Europe%2FBerlin");

    assertThat(trips.of(() -> visit("ann", "/usage"))).hasSizeLessThanOrEqualTo(2);
    assertThat(
            trips.of(
                () ->
                    plugin.call(
                        "GET", "/usage", "user:ann", "", "cookie", "time_zone=Europe%2FBerlin")))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(trips.of(() -> visit("ann", ENTRIES))).hasSizeLessThanOrEqualTo(2);
  }

  private static VisitedPage visit(String user, String path) {
    return PageVisitor.of(plugin, user).open(path);
  }

  private static boolean pays(String user) {
    return plugin
        .get("/api/preferences", "user:" + user)
        .json()
        .get("payFromCreditsWhenPlanExhausted")
        .asBoolean();
  }

  private static void use(String id, String category, long cost, Instant at) {
    use(id, "ann", category, cost, at);
  }

  private static void use(String id, String user, String category, long cost, Instant at) {
    TestPlugin.require(usage.send(Usage.record(id, user, category, cost, at)), 202);
  }

  private static String day(Instant at) {
    return year(at).replaceFirst(" \\d{4}$", "");
  }

  private static String year(Instant at) {
    return SpendingPage.day(LocalDate.ofInstant(at, ZoneOffset.UTC));
  }
}
