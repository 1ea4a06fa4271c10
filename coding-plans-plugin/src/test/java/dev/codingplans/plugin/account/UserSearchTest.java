package dev.codingplans.plugin.account;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import io.micronaut.data.annotation.Query;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("The operator's search for users")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserSearchTest {

  private static final List<String> USERS =
      List.of(
          "ann",
          "Ann",
          "ANNA",
          "joanna",
          "Joann",
          "bob",
          "50%",
          "5000",
          "a_c",
          "abc",
          "x\\y",
          "xy",
          "é-Élan",
          "o'hara",
          "deleted-by-hand");

  private final TestPlugin plugin = TestPlugin.start();

  @BeforeAll
  void fill() {
    USERS.forEach(this::open);
  }

  @AfterEach
  void tidy() {
    plugin
        .database()
        .execute("delete from coding_plans.credit_account where user_id like 'many-%'");
  }

  @AfterAll
  void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("finds a part whatever its case, first where an id starts with it")
  void parts() {
    assertThat(found("ann")).containsExactly("Ann", "ann", "ANNA", "Joann", "joanna");
    assertThat(found("NN")).containsExactly("Ann", "ann", "ANNA", "Joann", "joanna");
    assertThat(found("élan")).containsExactly("é-Élan");
    assertThat(found("O'H")).containsExactly("o'hara");
    assertThat(found("nobody")).isEmpty();
    assertThat(found("")).hasSameSizeAs(USERS).containsAll(USERS);
  }

  @Test
  @DisplayName("takes what LIKE would not take literally")
  void literally() {
    assertThat(found("%")).containsExactly("50%");
    assertThat(found("_")).containsExactly("a_c");
    assertThat(found("0%")).containsExactly("50%");
    assertThat(found("a_")).containsExactly("a_c");
    assertThat(found("\\")).containsExactly("x\\y");
    assertThat(found("x\\")).containsExactly("x\\y");
  }

  @Test
  @DisplayName("comes in pages, over the border between both kinds too")
  void pages() {
    for (int limit = 1; limit <= 6; limit++) {
      assertThat(paged("ann", limit)).containsExactly("Ann", "ann", "ANNA", "Joann", "joanna");
    }
  }

  @Test
  @DisplayName("shows what a user has, and no subscription whose end has come (X7)")
  void details() {
    plugin.stock(PLUS, 1);
    plugin.credit("bob", 50);
    require(plugin.buy("bob", PLUS), 201);

    var bob = users("bob").get("items").get(0);
    assertThat(bob.get("balanceMicrodollars").asLong()).isEqualTo(30_000_000);
    assertThat(bob.get("liveSubscriptions").asInt()).isEqualTo(1);
    assertThat(bob.get("discountTier").asText()).isEqualTo("none");
    assertThat(bob.get("firstPaidAt").asText()).startsWith("20");
    assertThat(bob.get("lastActiveAt").isNull()).isTrue();
    assertThat(bob.get("quotas")).isEmpty();

    var id = plugin.get("/api/subscriptions", "user:bob").json().at("/items/0/id").asText();
    require(plugin.call("POST", "/api/subscriptions/" + id + "/cancel", "user:bob", ""), 200);
    require(
        plugin.call("POST", "/admin/api/test-clock", "admin:root", "{\"advance\": \"P31D\"}"), 200);

    var later = users("bob").get("items").get(0);
    assertThat(later.get("liveSubscriptions").asInt()).isZero();
    assertThat(later.get("discountTier").asText()).isEqualTo("month");
  }

  @Test
  @DisplayName("X6 does not find accounts that were deleted, but a user who is called like one")
  void deleted() {
    open("gone");
    require(plugin.call("DELETE", "/admin/api/users/gone", "admin:root", ""), 204);

    assertThat(found("gone")).isEmpty();
    assertThat(found("deleted-")).containsExactly("deleted-by-hand");
  }

  @Test
  @DisplayName("reads only what starts alike, from an index, whatever is looked for")
  void index() throws Exception {
    var sql =
        Stream.of(UserRepository.class.getDeclaredMethods())
            .filter(method -> method.getName().equals("startingWith"))
            .map(method -> method.getAnnotation(Query.class).value())
            .findFirst()
            .orElseThrow()
            .replace(":folded", "$1")
            .replace(":after", "$2")
            .replace(":start", "$3")
            .replace(":last", "$4")
            .replace(":most", "$5");
    try (var connection = plugin.database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into coding_plans.credit_account (user_id)
          select 'many-' || i from generate_series(1, 20000) i""");
      statement.execute("analyze coding_plans.credit_account");
      statement.execute("set plan_cache_mode = force_generic_plan");
      statement.execute("prepare search (text, text, text, text, int) as " + sql);

      var plan =
          plan(
              statement,
              "explain (analyze, buffers) execute search ('many-1999', '', 'many-1999', 'z', 26)");

      assertThat(plan)
          .containsPattern("Index Only Scan using credit_account_by_folded_id .* rows=11 ")
          .doesNotContain("Seq Scan on credit_account", "Rows Removed by Filter");
    }
  }

  @Test
  @DisplayName("takes bounded time to look within ids, and asks for the start of one after that")
  void tooManyUsers() {
    var database = TestDatabase.fresh();
    database.execute(
        """
        create function public.strpos(text, text) returns int language plpgsql as $$
        begin
          perform pg_sleep(1);
          return pg_catalog.strpos($1, $2);
        end
        $$""");
    database.execute(
        """
        do $$ begin
          execute format('alter database %I set search_path = public, pg_catalog', current_database());
        end $$""");
    try (var slow = TestPlugin.on(database)) {
      database.execute(
          """
          insert into coding_plans.credit_account (user_id)
          select name || i from generate_series(1, 5) i cross join (values ('ann'), ('joann')) _ (name)""");

      var first = slow.get("/admin/api/users?query=ann", "admin:root").json();
      assertThat(ids(first)).containsExactly("ann1", "ann2", "ann3", "ann4", "ann5");
      var more = "&cursor=" + first.get("nextCursor").asText();
      var next = slow.get("/admin/api/users?query=ann" + more, "admin:root");
      assertThat(next.code()).isEqualTo("unavailable");
      assertThat(next.header("retry-after")).isNotEmpty();
      var refused = slow.get("/admin/api/users?query=nn", "admin:root");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().at("/violations/0/field").asText()).isEqualTo("query");
      assertThat(refused.json().get("detail").asText()).contains("say how the id starts");
    }
  }

  private static String plan(Statement statement, String explain) throws SQLException {
    var lines = new ArrayList<String>();
    try (var rows = statement.executeQuery(explain)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return String.join("\n", lines);
  }

  private void open(String user) {
    plugin.database().execute("insert into coding_plans.credit_account (user_id) values (?)", user);
  }

  private List<String> found(String query) {
    return ids(users(query, "&limit=100"));
  }

  private List<String> paged(String query, int limit) {
    var page = users(query, "&limit=" + limit);
    var all = new ArrayList<>(ids(page));
    for (int pages = 0; pages < 100 && !page.get("nextCursor").isNull(); pages++) {
      page = users(query, "&limit=" + limit + "&cursor=" + page.get("nextCursor").asText());
      all.addAll(ids(page));
    }
    return all;
  }

  private JsonNode users(String query) {
    return users(query, "");
  }

  private JsonNode users(String query, String parameters) {
    var encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    var answer = plugin.get("/admin/api/users?query=" + encoded + parameters, "admin:root");
    require(answer, 200);
    return answer.json();
  }

  private static List<String> ids(JsonNode page) {
    return page.get("items").findValuesAsText("userId");
  }
}
