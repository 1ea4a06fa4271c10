package dev.codingplans.plugin.http.pages.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("operator's page of the audit log")
class AuditPageTest {

  private static final String PATH = "/admin/coding-plans/audit";
  private static final Pattern NEXT =
      Pattern.compile("<tr class=\"more\">.*?href=\"([^\"]*)\"", Pattern.DOTALL);

  private static RoundTrips wire;
  private static TestPlugin plugin;
  private static PageVisitor operator;
  private static String subscription;

  @BeforeAll
  static void start() {
    var db = TestDatabase.fresh();
    wire = RoundTrips.to(db);
    plugin = TestPlugin.on(db, wire.settings(), List.of());
    operator = new PageVisitor(plugin, "admin:root");
    var life = new Life(plugin);
    subscription = life.subscribe("ada", TestPlugin.PLUS, 20);
    life.asAdmin(subscription, "terminate", "");
    life.asAdmin(subscription, "terminate", "");
    for (int i = 0; i < 30; i++) {
      plugin.call("POST", "/admin/api/discount-ladder/tick", "admin:<i>eve</i>", "");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    plugin.close();
    wire.close();
  }

  @Test
  @DisplayName("F3 each entry shows when, who, what, on what, the outcome, and the correlation id")
  void shows() {
    var rows = operator.open(PATH + "?target=subscription:" + subscription).textsOf("tr");

    assertThat(rows).hasSize(1 + 2);
    assertThat(rows.get(1))
        .contains("root subscription.terminate subscription:" + subscription + " invalid_state");
    assertThat(rows.get(2)).contains("Done");
  }

  @Test
  @DisplayName(
      "F3 entries are found by who, what and on what; what nothing can be like is not found")
  void filters() {
    assertThat(rows("?action=subscription.terminate")).isEqualTo(2);
    assertThat(rows("?actor=root&target=user:ada")).isEqualTo(1);
    assertThat(rows("?actor=nobody")).isZero();
    assertThat(operator.open(PATH + "?action=%3Cscript%3E&target=No:").text())
        .contains("No entry is like that.");
    assertThat(operator.open(PATH).html())
        .contains("<option value=\"credential.swap\">", "<option value=\"billing.sweep\">");
  }

  @Test
  @DisplayName("F3 the next entries follow; names are inert")
  void more() {
    var first = operator.open(PATH + "?actor=%3Ci%3Eeve%3C/i%3E");
    var found = NEXT.matcher(first.html());
    assertThat(found.find()).isTrue();
    var next = found.group(1).replace("&amp;", "&");

    assertThat(first.html()).doesNotContain("<i>").contains("&lt;i&gt;eve");
    assertThat(operator.open(next).textsOf("tr")).hasSize(1 + 5);
    assertThat(operator.part(next).textsOf("tr")).hasSize(5);
  }

  @Test
  @DisplayName("the list takes two round trips, and nobody but an operator sees it")
  void roundTrips() {
    assertThat(wire.of(() -> operator.open(PATH + "?actor=root"))).hasSizeLessThanOrEqualTo(2);
    assertThat(plugin.get(PATH, "user:ada").status()).isEqualTo(403);
  }

  private static int rows(String query) {
    return Math.max(0, operator.open(PATH + query).textsOf("tr").size() - 1);
  }
}
