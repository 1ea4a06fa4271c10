package dev.codingplans.plugin.http.pages.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.VisitedPage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("operator's page of operation")
class OperationPageTest {

  private static final String PATH = "/admin/coding-plans/operation";

  private TestDatabase db;
  private RoundTrips wire;
  private TestPlugin plugin;
  private PageVisitor operator;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    wire = RoundTrips.to(db);
    plugin = TestPlugin.on(db, wire.settings(), List.of());
    operator = new PageVisitor(plugin, "admin:root");
    // The first sweep of a node comes by itself, at some moment.
    plugin.call("POST", "/admin/api/billing/sweep", "admin:root", "");
  }

  @AfterEach
  void stop() throws IOException {
    plugin.close();
    wire.close();
  }

  @Test
  @DisplayName("a plugin that has done nothing yet says so")
  void fresh() {
    db.execute("delete from coding_plans.sweep_report");

    var page = operator.open(PATH);

    assertThat(page.text())
        .contains("No sweep is on record yet.", "No reconciliation is on record yet.");
    assertThat(light(page, "Renewals")).startsWith("Look");
    assertThat(light(page, "Parked accounts"))
        .isEqualTo("Fine Parked accounts The money of each account adds up.");
  }

  @Test
  @DisplayName("R4 a sweep from the page does what is due, is on record, and is audited")
  void sweeps() {
    var life = new Life(plugin);
    life.subscribe("ada", TestPlugin.PLUS, 40);
    life.subscribe("bob", TestPlugin.PLUS, 20);
    life.advance(Duration.ofDays(30).plusMinutes(10));
    assertThat(light(operator.open(PATH), "Renewals"))
        .startsWith("Look Renewals 2 due, the oldest for 10 min.");

    var after = operator.open(PATH).form(PATH + "/sweep").submit();

    assertThat(after.banner()).contains("everything that was due has been handled");
    assertThat(light(after, "Renewals")).startsWith("Fine");
    assertThat(light(after, "Past due")).startsWith("Look Past due 1 waiting");
    assertThat(after.textsOf("section").getFirst())
        .contains("In the last 24 hours: 1 renewed, 1 fell past due, 0 recovered");
    assertThat(lastAudited()).isEqualTo("billing.sweep begun");
  }

  @Test
  @DisplayName(
      "L3 a reconciliation from the page lights up what does not hold, and names it when asked")
  void reconciles() {
    plugin.credit("ada", 5);
    assertThat(operator.open(PATH).form(PATH + "/reconciliation").submit().banner())
        .contains("every check holds");
    db.execute("update coding_plans.credit_account set balance_microdollars = 6000000");

    var after = operator.open(PATH).form(PATH + "/reconciliation").submit();

    assertThat(after.banner()).contains("The books are not right");
    assertThat(light(after, "Books")).startsWith("Act Books Violations: 2");
    assertThat(light(after, "Parked accounts")).startsWith("Act Parked accounts 1 ");
    assertThat(after.textOf("li", "balance-equals-entries")).startsWith("Violations: 1");
    assertThat(after.textOf("li", "balance-not-negative")).startsWith("Holds");
    assertThat(operator.open(PATH + "/violations").text()).contains("account ada");
    assertThat(
            db.text("select string_agg(checks::text, '') from coding_plans.reconciliation_report"))
        .doesNotContain("ada");
    assertThat(lastAudited()).isEqualTo("reconciliation.run begun");
  }

  @Test
  @DisplayName("whatever waits for an operator is counted, listed, and inert")
  void troubles() {
    var life = new Life(plugin);
    var id = life.subscribe("ada", TestPlugin.PLUS, 20);
    db.execute(
        """
        insert into coding_plans.billing_failure (subscription_id, attempts, reason, retry_at)
        values ('%s', 3, 'SQL state 23505', now())"""
            .formatted(id));
    db.execute(
        "update coding_plans.credential set health = 'rejected', unhealthy_since = now() where status = 'assigned'");
    db.execute(
        """
        insert into coding_plans.payment (type, id, user_id, amount_microdollars, received_at)
        values ('payment.succeeded', '<b>pay</b>', 'gone', 5000000, now())""");
    db.execute(
        """
        insert into coding_plans.usage_quarantine
               (event_id, user_id, category, kind, amount, list_cost_microdollars, occurred_at, reason)
        values ('<b>event</b>', 'ada', 'llm', 'llm_token', '1', 7, 'now', 'too_old')""");
    db.execute(
        """
        insert into coding_plans.event_delivery (listener, event_id, user_id, created_at)
        select 'crm', id, user_id, clock_timestamp() - interval '1 hour' from coding_plans.event limit 1""");

    var page = operator.open(PATH);

    assertThat(light(page, "Failing renewals")).startsWith("Act Failing renewals 1 due");
    assertThat(page.textOf("tr", "SQL state 23505")).contains("ada", id, "3");
    assertThat(light(page, "Credentials in use"))
        .startsWith("Act Credentials in use 1 known not to work");
    assertThat(page.textOf("tr", "Key rejected")).contains("ada");
    assertThat(light(page, "Payments")).startsWith("Look Payments 1 waiting");
    assertThat(page.textOf("tr", "&lt;b&gt;pay")).contains("Payment", "gone", "$5.00");
    assertThat(light(page, "Doubtful usage")).startsWith("Look Doubtful usage 1 set aside");
    assertThat(page.textOf("tr", "&lt;b&gt;event")).contains("ada", "Too old", "$0.000007");
    assertThat(light(page, "Events"))
        .startsWith("Look Events 1 waiting to be delivered, the oldest for 60 min");
    assertThat(page.textOf("tr", "crm")).isEqualTo("crm 1 60 min 0");
  }

  @Test
  @DisplayName("everything is read in two round trips")
  void roundTrips() {
    assertThat(wire.of(() -> operator.part(PATH))).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("reports of a week are kept, of sweeps that found nothing an hour")
  void retention() {
    db.execute("update coding_plans.sweep_report set finished_at = now() - interval '2 hours'");
    db.execute(
        """
        insert into coding_plans.sweep_report (finished_at, duration_ms, renewed, past_due_started, recovered,
               ended_insufficient_credits, ended_at_period_end, top_ups_requested, waiting, errors)
        select now() - days * interval '1 day', 1, 1, 0, 0, 0, 0, 0, 0, 0 from generate_series(5, 8) days""");

    plugin.call("POST", "/admin/api/billing/sweep", "admin:root", "");

    assertThat(
            db.texts(
                "select idle || ' ' || round(extract(epoch from now() - finished_at) / 86400) from coding_plans.sweep_report order by 1"))
        .containsExactly("false 5", "false 6", "true 0");
  }

  private static String light(VisitedPage page, String name) {
    return page.textOf("li", "<strong>" + name + "<");
  }

  private String lastAudited() {
    return db.text(
        "select action || ' ' || outcome from coding_plans.audit_entry order by id desc limit 1");
  }
}
