package dev.codingplans.plugin.audit;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestDatabase.DatabaseRefusal;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuditTest {

  private static final String GRANT =
      """
      {"amountMicrodollars": 1000000, "kind": "granted_credit", "reason": "hunter2"}""";

  private TestPlugin plugin;
  private TestDatabase db;

  @BeforeEach
  void start() {
    plugin = TestPlugin.start();
    db = plugin.database();
  }

  @AfterEach
  void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("F3 every change tells who, what, on what, and what came of it")
  void changes() {
    var id = new Life(plugin).subscribe("ann", PLUS, 20);
    var subscription = "/admin/api/subscriptions/" + id;
    var before = entries("").size();

    call("POST", subscription + "/extend", "{\"days\": 7}");
    call("POST", subscription + "/cancel", "");
    call("POST", subscription + "/terminate", "");
    call("PUT", "/admin/api/plans/" + PLUS + "/sales-state", "{\"state\": \"paused\"}");
    call("POST", "/admin/api/billing/sweep", "");
    call("POST", "/admin/api/test-clock", "{\"advance\": \"PT1H\"}");
    call("POST", "/admin/api/encryption/rotate", "");

    assertThat(entries("?limit=100").subList(0, entries("?limit=100").size() - before))
        .extracting(AuditTest::line)
        .containsExactly(
            "root encryption.rotate encryption begun",
            "root test_clock.advance test_clock begun",
            "root billing.sweep billing begun",
            "root plan.sales_state plan:" + PLUS + " done",
            "root subscription.terminate subscription:" + id + " done",
            "root subscription.cancel subscription:" + id + " done",
            "root subscription.extend subscription:" + id + " done");
    assertThat(lines("?target=user:ann")).contains("root credit.grant user:ann done");
    assertThat(lines("?action=inventory.upload"))
        .singleElement()
        .asString()
        .matches("root inventory.upload upload:[0-9a-f-]{36} done");
  }

  @Test
  @DisplayName("F3 an entry has the correlation id of its call, and its time is the real one")
  void correlation() {
    call("POST", "/admin/api/test-clock", "{\"advance\": \"P300D\"}");
    var answer =
        plugin.call(
            "PUT",
            "/admin/api/plans/" + PLUS + "/sales-state",
            "admin:root",
            "{\"state\": \"paused\"}",
            "x-correlation-id",
            "quoted-by-support");
    require(answer, 200);

    assertThat(entries("?action=plan.sales_state").getFirst().get("correlationId").asText())
        .isEqualTo("quoted-by-support");
    assertThat(db.text("select max(at) < now() + interval '1 day' from coding_plans.audit_entry"))
        .isEqualTo("t");
  }

  @Test
  @DisplayName("F3 a repeat with the same key is seen to have changed nothing")
  void replay() {
    for (int i = 0; i < 2; i++) {
      grant("ann", "the-key");
    }

    assertThat(lines("?target=user:ann"))
        .containsExactly("root credit.grant user:ann replayed", "root credit.grant user:ann done");
  }

  @Test
  @DisplayName("F3 what was refused is there with the code of the answer, whatever refused it")
  void refusals() {
    var unknown = UUID.randomUUID();
    for (Answer answer :
        List.of(
            send("POST", "/admin/api/subscriptions/" + unknown + "/terminate", ""),
            send("POST", "/admin/api/subscriptions/sk-hunter2/terminate", ""),
            send("POST", "/admin/api/inventory/credentials/sk-cp-hunter2_A/withdraw", ""),
            send("POST", "/admin/api/users/ann/credits", GRANT),
            send("POST", "/admin/api/users/ann/credits", "{\"amount"),
            send("PUT", "/admin/api/plans/sk-hunter2/sales-state", "{\"state\": \"paused\"}"),
            send("PUT", "/admin/api/plans/" + PLUS + "/sales-state", "{\"state\": \"hunter2\"}"))) {
      assertThat(answer.status()).isBetween(400, 404);
    }

    assertThat(lines(""))
        .containsExactly(
            "root plan.sales_state plan:" + PLUS + " invalid_request",
            "root plan.sales_state plan unknown_plan",
            "root credit.grant user:ann invalid_request",
            "root credit.grant user:ann idempotency_key_required",
            "root credential.withdraw credential not_found",
            "root subscription.terminate subscription not_found",
            "root subscription.terminate subscription:" + unknown + " not_found");
    assertThat(db.texts("select cast(e as text) from coding_plans.audit_entry e"))
        .noneMatch(row -> row.contains("hunter2"));
  }

  @Test
  @DisplayName("F3 who is no admin fills no log, and reading leaves no trace")
  void strangers() {
    var sweep = "/admin/api/billing/sweep";
    assertThat(plugin.call("POST", sweep, "user:ann", "").status()).isEqualTo(403);
    assertThat(plugin.call("POST", sweep, "", "").status()).isEqualTo(401);
    require(plugin.get("/admin/api/inventory", "admin:root"), 200);
    assertThat(plugin.get("/admin/api/audit", "user:ann").status()).isEqualTo(403);

    assertThat(entries("")).isEmpty();
  }

  @Test
  @DisplayName("F3 a change whose entry cannot be written is not made")
  void noChangeWithoutEntry() {
    db.execute(
        """
        alter table coding_plans.audit_entry
          add constraint nothing_done check (outcome not in ('done', 'begun')) not valid""");

    assertThat(grant("ann", "key").status()).isEqualTo(500);
    assertThat(send("DELETE", "/admin/api/users/ann", "").status()).isEqualTo(500);
    assertThat(send("POST", "/admin/api/billing/sweep", "").status()).isEqualTo(500);

    assertThat(db.texts("select user_id from coding_plans.credit_account")).isEmpty();
    assertThat(db.texts("select deleted_at from coding_plans.account_tombstone")).isEmpty();
    assertThat(lines(""))
        .containsExactly(
            "root billing.sweep billing internal_error",
            "root account.delete user:ann internal_error",
            "root credit.grant user:ann internal_error");
  }

  @Test
  @DisplayName("F3 an attempt whose entry cannot be written is answered as ever")
  void sameAnswerWithoutEntry() {
    db.execute(
        "alter table coding_plans.audit_entry add constraint nothing_done check (false) not valid");

    var refused = send("PUT", "/admin/api/plans/no-plan/sales-state", "{\"state\": \"paused\"}");

    assertThat(refused.code()).isEqualTo("unknown_plan");
    assertThat(entries("")).isEmpty();
  }

  @Test
  @DisplayName("F3 nothing takes an entry away or alters it, whatever the code does")
  void appendOnly() {
    grant("ann", "key");
    var month = db.text("select cast(tableoid as regclass) from coding_plans.audit_entry");

    for (var change :
        List.of(
            "update coding_plans.audit_entry set outcome = 'begun'",
            "update coding_plans.audit_entry set actor = target_user",
            "update " + month + " set target_user = null",
            "update coding_plans.audit_user set name = 'bob'",
            "delete from coding_plans.audit_user",
            "truncate coding_plans.audit_user cascade",
            "delete from coding_plans.audit_entry",
            "delete from " + month,
            "truncate coding_plans.audit_entry",
            "truncate " + month)) {
      assertThatThrownBy(() -> db.execute(change))
          .as(change)
          .isInstanceOf(DatabaseRefusal.class)
          .hasMessageContaining("append-only");
    }
    assertThat(entries("")).hasSize(1);
  }

  @Test
  @DisplayName("F3 deleted users, admins too, are in the log under their anonymous names only")
  void deletedUsers() {
    grant("ann", "first");
    require(
        plugin.call(
            "POST",
            "/admin/api/users/bob/credits",
            "admin:ann",
            GRANT,
            "Idempotency-Key",
            "second"),
        201);
    call("DELETE", "/admin/api/users/ann", "");
    call("DELETE", "/admin/api/users/ann", "");
    send("POST", "/admin/api/users/ann/credits", "{}");

    var name = "deleted-[0-9a-f-]{36}";
    assertThat(lines(""))
        .satisfiesExactly(
            line -> assertThat(line).matches("root credit.grant user:" + name + " invalid_request"),
            line -> assertThat(line).matches("root account.delete user:" + name + " done"),
            line -> assertThat(line).matches("root account.delete user:" + name + " done"),
            line -> assertThat(line).matches(name + " credit.grant user:bob done"),
            line -> assertThat(line).matches("root credit.grant user:" + name + " done"));
    assertThat(db.text("select count(distinct user_id) from coding_plans.credit_account"))
        .isEqualTo("2");
    var anonymous =
        db.text("select user_id from coding_plans.credit_account where user_id like 'deleted-%'");
    assertThat(lines("?target=user:" + anonymous)).as("its history").hasSize(2);
    assertThat(lines("?actor=" + anonymous)).hasSize(1);
  }

  @Test
  @DisplayName("F3 a deletion writes to no entry, however many there are")
  void deletionLeavesEntries() {
    grant("ann", "first");
    grant("ann", "second");
    var rows = "select concat(ctid, ' ', xmin) from coding_plans.audit_entry order by id limit 2";
    var before = db.texts(rows);

    call("DELETE", "/admin/api/users/ann", "");

    assertThat(db.texts(rows)).isEqualTo(before);
    assertThat(db.texts("select name from coding_plans.audit_user")).doesNotContain("ann");
  }

  @Test
  @DisplayName("F3 who is deleted while a call is under way is in no entry of it by name")
  void deletedMeanwhile() throws Exception {
    db.execute(
        """
        create function public.wait() returns trigger language plpgsql as $$ begin
          perform pg_advisory_xact_lock(42);
          return new;
        end $$""");
    db.execute(
        """
        create trigger wait before update on coding_plans.audit_user
          for each row execute function public.wait()""");
    List<CompletableFuture<Answer>> calls;
    try (var holder = db.connect();
        var statement = holder.createStatement()) {
      statement.execute("select pg_advisory_lock(42)");
      var deletion = async("DELETE", "/admin/api/users/ann", "admin:root");
      await().until(() -> waitingForLocks() == 1);
      calls =
          List.of(
              deletion,
              async("POST", "/admin/api/billing/sweep", "admin:ann"),
              async("POST", "/admin/api/subscriptions/none/terminate", "admin:ann"),
              async("POST", "/admin/api/users/ann/credits", "admin:root"));
      await().until(() -> waitingForLocks() == 4);
    }

    assertThat(calls).extracting(call -> call.join().status()).containsExactly(204, 200, 404, 400);
    await().until(() -> entries("").size() == 4);
    assertThat(db.texts("select name from coding_plans.audit_user"))
        .contains("root")
        .filteredOn(name -> !name.equals("root"))
        .hasSize(4)
        .allMatch(name -> name.startsWith("deleted-"));
  }

  private CompletableFuture<Answer> async(String method, String path, String caller) {
    return CompletableFuture.supplyAsync(() -> plugin.call(method, path, caller, ""));
  }

  private int waitingForLocks() {
    return Integer.parseInt(
        db.text(
            """
            select count(*) from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'"""));
  }

  @Test
  @DisplayName("F3 whoever goes by themselves or through the host loses the name too")
  void deletedByOthers() {
    grant("ann", "first");
    grant("bob", "second");
    require(plugin.call("DELETE", "/api/account", "user:ann", ""), 204);
    plugin.registrations().accountHook().orElseThrow().accountDeleted(new UserId("bob"));

    assertThat(lines("")).hasSize(2).noneMatch(line -> line.matches(".*user:(ann|bob) .*"));
  }

  @Test
  @DisplayName("F3 pages go from the newest to the oldest; filters are exact, and checked")
  void pages() {
    IntStream.range(0, 7).forEach(i -> grant("user_" + i % 2, "key-" + i));

    var first = plugin.get("/admin/api/audit?limit=4", "admin:root").json();
    var cursor = first.get("nextCursor").asText();
    var rest = plugin.get("/admin/api/audit?limit=4&cursor=" + cursor, "admin:root").json();

    assertThat(first.get("items")).hasSize(4);
    assertThat(rest.get("items")).hasSize(3);
    assertThat(rest.get("nextCursor").isNull()).isTrue();
    assertThat(entries("?target=user:user_1")).hasSize(3);
    assertThat(entries("?target=user:user%251")).isEmpty();
    assertThat(entries("?target=user")).isEmpty();
    assertThat(entries("?actor=nobody")).isEmpty();
    assertThat(entries("?action=credit.grant&actor=root")).hasSize(7);
    for (String wrong : List.of("action=grant", "target=A%20b", "actor=%00", "limit=0")) {
      assertThat(plugin.get("/admin/api/audit?" + wrong, "admin:root").code())
          .as(wrong)
          .isEqualTo("invalid_request");
    }
  }

  @Test
  @DisplayName("F3 months are made ahead, and dropped as a whole when they are old")
  void oldMonths() {
    grant("ann", "key");
    plugin.close();
    db.execute(
        """
        create table coding_plans.audit_entry_2020_01
          partition of coding_plans.audit_entry for values from ('2020-01-01Z') to ('2020-02-01Z')""");
    db.execute(
        """
        insert into coding_plans.audit_entry (at, actor, action, target_kind, outcome, correlation_id)
        select '2020-01-15Z', id, 'billing.sweep', 'billing', 'begun', 'x'
          from coding_plans.audit_user where name = 'root'""");
    assertThat(months()).hasSize(8);

    for (String retention : List.of("P36525D", "P1D")) {
      plugin = TestPlugin.on(db, Map.of("CODING_PLANS_AUDIT_RETENTION", retention), List.of());
      var left = retention.equals("P1D") ? 1 : 2;
      await().untilAsserted(() -> assertThat(entries("")).hasSize(left));
      plugin.close();
    }

    assertThat(months()).hasSize(7);
  }

  @Test
  @DisplayName("F3 an old month that cannot be dropped keeps no new one from being made")
  void monthInUse() throws Exception {
    plugin.close();
    var last = months().stream().max(Comparator.naturalOrder()).orElseThrow();
    db.execute("drop table coding_plans." + last);
    db.execute(
        """
        create table coding_plans.audit_entry_2020_01
          partition of coding_plans.audit_entry for values from ('2020-01-01Z') to ('2020-02-01Z')""");
    try (var reader = db.connect();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("select from coding_plans.audit_entry_2020_01");

      plugin = TestPlugin.on(db, Map.of("CODING_PLANS_AUDIT_RETENTION", "P1D"), List.of());

      assertThat(months()).contains(last, "audit_entry_2020_01");
    }
  }

  @Test
  @DisplayName("F3 nobody keeps the log for longer than the database's calendar goes")
  void longRetention() {
    assertThatThrownBy(
            () ->
                TestPlugin.on(db, Map.of("CODING_PLANS_AUDIT_RETENTION", "P365000000D"), List.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("CODING_PLANS_AUDIT_RETENTION");
  }

  @Test
  @DisplayName("F3 whatever is looked for, an index finds it without a walk through the log")
  void indexes() throws Exception {
    try (var connection = db.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into coding_plans.audit_user (name)
          select 'many-' || i from generate_series(1, 5000) i union all values ('rare')""");
      statement.execute(
          """
          insert into coding_plans.audit_entry
                 (actor, action, target_kind, target_id, target_user, outcome, correlation_id)
          select case i when 1 then rare.id else 1 + i % 100 end,
                 case i when 2 then 'rare.action' else 'an.action' end,
                 case i % 3 when 0 then 'billing' when 1 then 'subscription' else 'user' end,
                 case i % 3 when 1 then i end,
                 case i % 3 when 2 then 1 + i % 100 end,
                 'done', 'x'
            from generate_series(1, 20000) i
            join coding_plans.audit_user rare on rare.name = 'rare'""");
      statement.execute(
          """
          insert into coding_plans.audit_entry
                 (actor, action, target_kind, target_id, target_user, outcome, correlation_id)
          select 1, 'an.action', target.kind, target.id, target.number, 'done', 'x'
            from coding_plans.audit_user rare
           cross join lateral (values ('rare', null, null), ('subscription', 'rare', null), ('user', null, rare.id))
                 target (kind, id, number)
           where rare.name = 'rare'""");
      // Otherwise it depends on the autovacuum what the planner knows.
      statement.execute("analyze coding_plans.audit_entry, coding_plans.audit_user");
    }
    for (var filter :
        List.of(
            new AuditFilter(Optional.of(new UserId("rare")), Optional.empty(), Optional.empty()),
            new AuditFilter(Optional.empty(), Optional.of("rare.action"), Optional.empty()),
            onTarget("subscription:rare"),
            onTarget("user:rare"),
            onTarget("rare"))) {
      assertThat(plan(filter))
          .as(filter.toString())
          .contains("Index Cond", "rows=1 ")
          .doesNotContain("Rows Removed by Filter");
    }
  }

  private static AuditFilter onTarget(String text) {
    return new AuditFilter(
        Optional.empty(), Optional.empty(), Optional.of(AuditTarget.parse(text)));
  }

  private String plan(AuditFilter filter) throws SQLException {
    var query = new AuditQuery(filter, Long.MAX_VALUE);
    try (var connection = db.connect();
        var explain = connection.prepareStatement("explain (analyze) " + query.sql())) {
      query.bind(explain, 26);
      return lines(explain.executeQuery());
    }
  }

  private static String lines(ResultSet rows) throws SQLException {
    var lines = new ArrayList<String>();
    while (rows.next()) {
      lines.add(rows.getString(1));
    }
    return String.join("\n", lines);
  }

  private List<String> months() {
    return db.texts(
        """
        select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
         where inhparent = 'coding_plans.audit_entry'::regclass""");
  }

  private Answer grant(String user, String key) {
    return plugin.call(
        "POST",
        "/admin/api/users/" + user + "/credits",
        "admin:root",
        GRANT,
        "Idempotency-Key",
        key);
  }

  private void call(String method, String path, String body) {
    assertThat(send(method, path, body).status()).isBetween(200, 204);
  }

  private Answer send(String method, String path, String body) {
    return plugin.call(method, path, "admin:root", body);
  }

  private List<JsonNode> entries(String query) {
    var answer = plugin.get("/admin/api/audit" + query, "admin:root");
    require(answer, 200);
    return answer.json().get("items").valueStream().toList();
  }

  private List<String> lines(String query) {
    return entries(query).stream().map(AuditTest::line).toList();
  }

  private static String line(JsonNode entry) {
    return String.join(
        " ",
        entry.get("actor").asText(),
        entry.get("action").asText(),
        entry.get("target").asText(),
        entry.get("outcome").asText());
  }
}
