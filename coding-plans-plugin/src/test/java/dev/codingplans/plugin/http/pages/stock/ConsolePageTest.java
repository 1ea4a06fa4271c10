package dev.codingplans.plugin.http.pages.stock;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the operator's console")
class ConsolePageTest {

  private static final String CONSOLE = "/admin/coding-plans";

  private static RoundTrips roundTrips;
  private static TestPlugin plugin;
  private static PageVisitor operator;

  @BeforeAll
  static void start() {
    var database = TestDatabase.fresh();
    roundTrips = RoundTrips.to(database);
    plugin = TestPlugin.on(database, roundTrips.settings(), List.of());
    operator = new PageVisitor(plugin, "admin:root");
    plugin.stock(PLUS, 6);
    plugin.stock(MAX, 1);
    plugin.call("PUT", "/api/plans/" + ULTRA + "/availability-intent", "user:waiting", "");
  }

  @AfterAll
  static void stop() throws IOException {
    plugin.close();
    roundTrips.close();
  }

  @Test
  @DisplayName("I7 shows the stock of each plan by status, what is low or sold out, and who waits")
  void stock() {
    var page = operator.open(CONSOLE);

    assertThat(page.textOf("tr", PLUS)).endsWith("Enough 0 6 0 0 0 0 0");
    assertThat(page.textOf("tr", MAX)).endsWith("Low (at most 5) 0 1 0 0 0 0 0");
    assertThat(page.textOf("tr", ULTRA)).endsWith("Sold out 0 0 0 0 0 0 1");
    assertThat(page.html()).contains("credentials?planId=" + MAX + "&amp;status=available");
  }

  @Test
  @DisplayName("C3 sets the sales state of a plan, and F3 writes it down")
  void salesState() {
    var form = operator.open(CONSOLE).form(CONSOLE + "/plans/vm-5-monthly/sales-state");

    var after = form.with("state", "paused").submit();

    assertThat(after.banner()).isEqualTo("The sales state was set.");
    assertThat(after.form(form.action()).fields()).containsEntry("state", "paused");
    assertThat(after.textOf("tr", "plans/vm-5-monthly/")).contains("$10 Paused");
    assertThat(lastAudited()).isEqualTo("plan.sales_state plan:vm-5-monthly done");
  }

  @Test
  @DisplayName("F3 a refused change is no change, leads back, and is written down as refused")
  void refused() {
    var form = operator.open(CONSOLE).form(CONSOLE + "/plans/vm-10-monthly/sales-state");

    var after = form.with("state", "free").submit();

    assertThat(after.address()).startsWith(CONSOLE + "?error=invalid_request");
    assertThat(after.banner()).contains("Nothing was done.");
    assertThat(after.form(form.action()).fields()).containsEntry("state", "open");
    assertThat(lastAudited()).isEqualTo("plan.sales_state plan:vm-10-monthly invalid_request");
  }

  @Test
  @DisplayName("leads to subscriptions, operation and audit log, also without a script")
  void links() {
    assertThat(operator.open(CONSOLE).html())
        .contains("href=\"/admin/coding-plans/subscriptions\"")
        .contains("href=\"/admin/coding-plans/operation\"")
        .contains("href=\"/admin/coding-plans/audit\"");
  }

  @Test
  @DisplayName("is read in two round trips, the sign-in's among them; so are its lists")
  void roundTrips() {
    assertThat(roundTrips.of(() -> operator.open(CONSOLE))).hasSizeLessThanOrEqualTo(2);
    assertThat(roundTrips.of(() -> operator.open(CONSOLE + "?status=revoked")))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(roundTrips.of(() -> operator.open(CONSOLE + "/credentials?planId=" + PLUS)))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("is for operators")
  void users() {
    assertThat(plugin.get(CONSOLE, "user:u").status()).isEqualTo(403);
  }

  private static String lastAudited() {
    var entry = plugin.get("/admin/api/audit?limit=1", "admin:root").json().get("items").get(0);
    return entry.get("action").asText()
        + " "
        + entry.get("target").asText()
        + " "
        + entry.get("outcome").asText();
  }
}
