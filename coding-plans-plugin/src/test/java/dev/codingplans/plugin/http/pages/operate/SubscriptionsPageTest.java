package dev.codingplans.plugin.http.pages.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.Population;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("operator's page of subscriptions")
class SubscriptionsPageTest {

  private static final String PATH = "/admin/coding-plans/subscriptions";
  private static final String HOSTILE = "<img/src=x>\"'&";
  private static final Pattern NEXT =
      Pattern.compile("<tr class=\"more\">.*?href=\"([^\"]*)\"", Pattern.DOTALL);

  private static TestDatabase db;
  private static RoundTrips wire;
  private static TestPlugin plugin;
  private static Life life;
  private static PageVisitor operator;

  @BeforeAll
  static void start() {
    db = TestDatabase.fresh();
    wire = RoundTrips.to(db);
    plugin = TestPlugin.on(db, wire.settings(), List.of());
    life = new Life(plugin);
    operator = new PageVisitor(plugin, "admin:root");
  }

  @AfterAll
  static void stop() throws IOException {
    plugin.close();
    wire.close();
  }

  @Test
  @DisplayName("each subscription shows user, plan, status, next date and price")
  void shows() {
    life.subscribe("active", TestPlugin.MAX, 50);
    var ending = life.subscribe("ending", TestPlugin.PLUS, 20);
    life.cancel("ending", ending);
    var ended = life.subscribe("ended", TestPlugin.PLUS, 20);
    life.asAdmin(ended, "terminate", "");

    assertThat(row("active"))
        .contains("Token Plan Max", "MiniMax", "Active", "Renews", "$50 for 30 days", "Terminate");
    assertThat(row("ending")).contains("Ends Access ends", "Terminate").doesNotContain("Cancel");
    assertThat(row("ended"))
        .contains("Ended", "Terminated by an operator")
        .doesNotContain("Extend");
  }

  @Test
  @DisplayName("X7 a cancellation whose time has passed reads as ended, swept or not")
  void lapsed() {
    var id = life.subscribe("lapsed", TestPlugin.PLUS, 20);
    life.cancel("lapsed", id);
    db.execute(
        """
        update coding_plans.subscription
           set current_period_start = current_period_start - interval '31 days',
               current_period_end = current_period_end - interval '31 days',
               renewal_at = renewal_at - interval '31 days'
         where user_id = 'lapsed'""");

    assertThat(row("lapsed")).contains("Ended Ended", "Canceled").doesNotContain("Terminate");
    assertThat(operator.open(PATH + "?userId=lapsed&status=ending").text())
        .contains("No subscription is like that.");
    assertThat(rows("?userId=lapsed&status=canceled")).isEqualTo(1);
  }

  @Test
  @DisplayName("the list is searched by user or subscription, and filtered by status and plan")
  void filters() {
    var id = life.subscribe("Search-One", TestPlugin.PLUS, 20);
    life.subscribe("search-two", TestPlugin.MAX, 50);

    assertThat(rows("?userId=search-")).isEqualTo(2);
    assertThat(rows("?userId=" + id)).isEqualTo(1);
    assertThat(rows("?userId=search-&plan=minimax-token-plan-max")).isEqualTo(1);
    assertThat(rows("?userId=search-&provider=minimax&status=active")).isEqualTo(2);
    assertThat(rows("?userId=search-&status=past_due")).isZero();
    assertThat(operator.open(PATH + "?userId=search-&plan=minimax-token-plan-max").html())
        .contains("value=\"search-\"", "value=\"minimax-token-plan-max\" selected");
  }

  @Test
  @DisplayName("what the list shows of a user is inert")
  void inert() {
    var id = life.subscribe("plain", TestPlugin.PLUS, 20);
    db.execute(
        "set session_replication_role = replica; "
            + "update coding_plans.credit_account set user_id = '"
            + HOSTILE.replace("'", "''")
            + "' where user_id = 'plain'; "
            + "update coding_plans.subscription set user_id = '"
            + HOSTILE.replace("'", "''")
            + "' where user_id = 'plain'");

    assertThat(operator.open(PATH + "?userId=" + id).html()).doesNotContain("<img/src");
    assertThat(operator.open(PATH + "/" + id + "/terminate").html()).doesNotContain("<img/src");
  }

  @Test
  @DisplayName("the next rows follow, with the same filter, for a script and without one")
  void more() {
    Population.due(db, "crowd", 30, 0, Duration.ofHours(-100));

    var first = operator.open(PATH + "?userId=crowd");
    var found = NEXT.matcher(first.html());
    assertThat(found.find()).isTrue();
    var next = found.group(1).replace("&amp;", "&");

    assertThat(first.html()).containsOnlyOnce("<tr class=\"more\">");
    assertThat(operator.open(next).textsOf("tr")).hasSize(1 + 5);
    assertThat(operator.part(next).textsOf("tr")).hasSize(5);
    assertThat(operator.part(next).html()).doesNotContain("<form", "<html");
    assertThat(operator.part(PATH).html()).contains("<form", "<table").doesNotContain("<html");
  }

  @ParameterizedTest
  @CsvSource({
    "terminate, 'loses access now', 'has ended', canceled, subscription.terminate",
    "cancel, 'is not charged again', 'ends when its paid time', active, subscription.cancel",
    "extend, 'gets more days for nothing', 'has its additional days', active, subscription.extend",
    "swap, 'gets the next credential', 'has another credential', active, credential.swap",
  })
  @DisplayName("X3 I8 a deed is confirmed by user and effect, done once, and audited")
  void deeds(String deed, String effect, String banner, String status, String action) {
    var user = "of-" + deed;
    var id = life.subscribe(user, TestPlugin.PLUS, 20);
    plugin.stock(TestPlugin.PLUS, 1);
    var path = PATH + "/" + id + "/" + deed;
    assertThat(operator.open(PATH + "?userId=" + user).html())
        .contains("hx-get=\"" + path + "?userId=" + user + "\"");

    var dialog = operator.part(path + "?userId=" + user);
    assertThat(dialog.html()).startsWith("<dialog");
    assertThat(dialog.text()).contains(user, "Token Plan Plus", effect);
    var after = dialog.form(path + "?userId=" + user).submit();

    assertThat(after.banner()).contains(banner);
    assertThat(after.address()).startsWith(PATH + "?userId=" + user + "&");
    assertThat(life.status(id)).isEqualTo(status);
    assertThat(audited(id)).isEqualTo(action + " done");
  }

  @Test
  @DisplayName("X3 what has ended meanwhile is refused, and the attempt is audited")
  void endedMeanwhile() {
    var id = life.subscribe("gone", TestPlugin.PLUS, 20);
    var path = PATH + "/" + id + "/terminate";
    var dialog = operator.open(path).form(path);
    life.asAdmin(id, "terminate", "");

    assertThat(dialog.submit().banner()).startsWith("This changed meanwhile");
    assertThat(audited(id)).isEqualTo("subscription.terminate invalid_state");
    assertThat(operator.open(path).text()).contains("not possible any more");
    assertThat(operator.open(path).hasForm(path)).isFalse();
  }

  @Test
  @DisplayName("I8 a dialog that is sent twice swaps once")
  void sentTwice() {
    var id = life.subscribe("twice", TestPlugin.PLUS, 20);
    plugin.stock(TestPlugin.PLUS, 2);
    var path = PATH + "/" + id + "/swap";
    var dialog = operator.open(path).form(path);

    dialog.submit();
    var credential = credentialOf(id);
    assertThat(dialog.submit().banner()).contains("has another credential");
    assertThat(credentialOf(id)).isEqualTo(credential);
    assertThat(audited(id)).isEqualTo("credential.swap replayed");
  }

  @Test
  @DisplayName("I8 a swap without stock changes nothing and says what to do")
  void noStock() {
    var id = life.subscribe("unlucky", TestPlugin.ULTRA, 120);
    var path = PATH + "/" + id + "/swap";
    var credential = credentialOf(id);

    assertThat(operator.open(path).form(path).submit().banner()).contains("upload more, then swap");
    assertThat(credentialOf(id)).isEqualTo(credential);
    assertThat(audited(id)).isEqualTo("credential.swap sold_out");
  }

  @Test
  @DisplayName("I8 of two dialogs that show the same credential, one swaps it")
  void sameSight() {
    var id = life.subscribe("twofold", TestPlugin.PLUS, 20);
    plugin.stock(TestPlugin.PLUS, 2);
    var path = PATH + "/" + id + "/swap";
    var mine = operator.open(path).form(path);
    var yours = operator.open(path).form(path);

    mine.submit();
    var credential = credentialOf(id);

    assertThat(yours.submit().banner()).contains("changed meanwhile");
    assertThat(credentialOf(id)).isEqualTo(credential);
    assertThat(audited(id)).isEqualTo("credential.swap invalid_state");
  }

  @Test
  @DisplayName("a dialog that is sent twice extends once")
  void extendedOnce() {
    var id = life.subscribe("patient", TestPlugin.PLUS, 20);
    var before = life.instant(id, "renewalAt");
    var path = PATH + "/" + id + "/extend";
    var dialog = operator.open(path).form(path);

    dialog.submit();

    assertThat(dialog.submit().banner()).contains("changed meanwhile");
    assertThat(life.instant(id, "renewalAt")).isEqualTo(before.plus(7, ChronoUnit.DAYS));
  }

  @ParameterizedTest
  @CsvSource({"1", "90"})
  @DisplayName("an extension has 1 to 90 days")
  void days(int days) {
    var id = life.subscribe("days-" + days, TestPlugin.PLUS, 20);
    var before = life.instant(id, "renewalAt");
    var path = PATH + "/" + id + "/extend";
    var dialog = operator.open(path).form(path);

    for (var wrong : new String[] {"0", "91", "1.5", "", "many"}) {
      assertThat(dialog.with("days", wrong).submit().banner()).contains("from 1 to 90");
    }
    dialog.with("days", Integer.toString(days)).submit();

    assertThat(life.instant(id, "renewalAt")).isEqualTo(before.plus(days, ChronoUnit.DAYS));
  }

  @Test
  @DisplayName("nobody but an operator sees it, and a deed that is none is not found")
  void others() {
    var id = life.subscribe("curious", TestPlugin.PLUS, 20);

    assertThat(plugin.get(PATH, "user:curious").status()).isEqualTo(403);
    assertThat(plugin.get(PATH + "/" + id + "/terminate", "user:curious").status()).isEqualTo(403);
    assertThat(plugin.get(PATH + "/" + id + "/praise", "admin:root").status()).isEqualTo(404);
    assertThat(plugin.get(PATH + "/" + UUID.randomUUID() + "/terminate", "admin:root").status())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("the list and the dialog take two round trips each")
  void roundTrips() {
    var id = life.subscribe("counted", TestPlugin.PLUS, 20);

    assertThat(wire.of(() -> operator.open(PATH + "?userId=counted"))).hasSizeLessThanOrEqualTo(2);
    assertThat(wire.of(() -> operator.part(PATH + "/" + id + "/swap"))).hasSizeLessThanOrEqualTo(2);
  }

  private static String row(String user) {
    return operator.open(PATH + "?userId=" + user).textOf("tr", ">" + user + "<");
  }

  private static int rows(String query) {
    return Math.max(0, operator.open(PATH + query).textsOf("tr").size() - 1);
  }

  private static String audited(String id) {
    return db.text(
        """
        select action || ' ' || outcome from coding_plans.audit_entry
         where target_id = ? order by id desc limit 1""",
        id);
  }

  private static String credentialOf(String id) {
    return db.text("select credential_id from coding_plans.subscription where id = ?::uuid", id);
  }
}
