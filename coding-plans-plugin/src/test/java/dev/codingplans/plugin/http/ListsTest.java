package dev.codingplans.plugin.http;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.QuotaCalls;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.Usage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

@DisplayName("Every list")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListsTest {

  private static final String ADMIN = "admin:root";
  private static final String USER = "user:ann";

  /** What grows from one look to the next. */
  private static final String AGE = "\"ageSeconds\":\\d+";

  private final TestPlugin plugin = TestPlugin.start();
  private String subscription = "";

  /** At least three rows for each list. */
  @BeforeAll
  void fill() {
    plugin.stock(PLUS, 7);
    for (int i = 0; i < 3; i++) {
      withdraw();
    }
    for (var user : List.of("bob", "cid")) {
      plugin.credit(user, 100);
      require(plugin.buy(user, PLUS), 201);
    }
    plugin.credit("ann", 60);
    plugin.credit("ann", 60);
    subscription = require201(plugin.buy("ann", PLUS)).get("id").asText();
    for (int i = 0; i < 2; i++) {
      extend();
    }
    use();
    var quota = new QuotaCalls(plugin);
    require(quota.buy("ann", QuotaCalls.FIVE), 201);
    for (int i = 0; i < 3; i++) {
      require(quota.take("ann", "vm"), 201);
    }
  }

  @AfterAll
  void stop() {
    plugin.close();
  }

  /** Three that are charged, and three that cannot be right. */
  private void use() {
    var usage = new Usage(plugin);
    var now = usage.now();
    for (int i = 0; i < 3; i++) {
      require(
          usage.send(
              Usage.record("use-" + i, "ann", "llm", 1, now),
              Usage.record("odd-" + i, "ann", "llm", 1, now.plusSeconds(100_000))),
          202);
    }
    usage.apply();
  }

  List<PagedList> lists() {
    return List.of(
        new PagedList("/api/credits/entries", USER),
        new PagedList("/api/usage", USER),
        new PagedList("/admin/api/usage/quarantine", ADMIN),
        new PagedList("/api/subscriptions/" + subscription + "/terms", USER),
        new PagedList("/api/quota/vm/allocations", USER),
        new PagedList("/admin/api/allocations", ADMIN),
        new PagedList("/admin/api/subscriptions", ADMIN),
        new PagedList("/admin/api/inventory/credentials", ADMIN),
        new PagedList("/admin/api/revocations", ADMIN),
        new PagedList("/admin/api/audit", ADMIN),
        new PagedList("/admin/api/users", ADMIN));
  }

  /** Those of which this test has fewer rows. */
  Stream<PagedList> allLists() {
    return Stream.concat(
        lists().stream(),
        Stream.of(
            new PagedList("/api/subscriptions", USER),
            new PagedList("/admin/api/payments", ADMIN),
            new PagedList("/admin/api/events/deliveries", ADMIN)));
  }

  @Test
  @DisplayName("is tested here")
  void allAreHere() {
    Map<String, Object> api =
        new Yaml().load(plugin.registrations().console().orElseThrow().openApi());
    var paged =
        ((Map<?, ?>) api.get("paths"))
            .entrySet().stream()
                .filter(path -> path.getValue().toString().contains("name=cursor,"))
                .map(path -> path.getKey().toString());

    assertThat(paged)
        .containsExactlyInAnyOrderElementsOf(
            allLists()
                .map(list -> list.path().replace(subscription, "{id}").replace("/vm/", "/{unit}/"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("lists")
  @DisplayName("comes in pages that make the whole")
  void pages(PagedList list) {
    var whole = items(get(list, "?limit=100"));
    var paged = new ArrayList<String>();
    var page = get(list, "?limit=1");
    paged.addAll(items(page));
    for (int pages = 1; pages < 20 && !page.get("nextCursor").isNull(); pages++) {
      page = get(list, "?limit=1&cursor=" + page.get("nextCursor").asText());
      paged.addAll(items(page));
    }

    assertThat(whole).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    assertThat(paged).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("lists")
  @DisplayName("refuses its own cursor once any bit of it was changed")
  void alteredCursor(PagedList list) {
    var cursor = get(list, "?limit=1").get("nextCursor").asText();
    var bytes = Base64.getUrlDecoder().decode(cursor);
    var altered =
        new ArrayList<>(
            IntStream.range(0, bytes.length).mapToObj(place -> changed(bytes, place)).toList());
    altered.add(cursor + "=");
    altered.add(cursor.substring(0, cursor.length() - 1));
    altered.add(cursor + "&cursor=" + cursor);
    altered.add(Base64.getUrlEncoder().encodeToString("1".getBytes()));
    altered.add("");

    assertThat(altered)
        .allSatisfy(text -> requireViolation(answer(list, "?cursor=" + text), "cursor"));
    get(list, "?cursor=" + cursor);
  }

  @ParameterizedTest
  @MethodSource("lists")
  @DisplayName("refuses the cursor of another list")
  void cursorOfAnotherList(PagedList list) {
    assertThat(lists())
        .filteredOn(other -> !other.equals(list))
        .allSatisfy(
            other -> {
              var cursor = get(other, "?limit=1").get("nextCursor").asText();
              requireViolation(answer(list, "?cursor=" + cursor), "cursor");
            });
  }

  @ParameterizedTest
  @MethodSource("allLists")
  @DisplayName("refuses a limit that is none")
  void limit(PagedList list) {
    assertThat(List.of("0", "101", "-1", "x", "1.5", "99999999999"))
        .allSatisfy(limit -> requireViolation(answer(list, "?limit=" + limit), "limit"));
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/api/subscriptions, status, ended",
    "/admin/api/subscriptions, status, ACTIVE",
    "/admin/api/subscriptions, userId, %00",
    "/admin/api/inventory/credentials, status, sold",
    "/admin/api/inventory/credentials, health, ill",
    "/admin/api/revocations, status, available",
    "/admin/api/audit, actor, %00",
    "/admin/api/audit, action, no action",
    "/admin/api/audit, target, %00",
    "/admin/api/inventory/credentials, planId, No Plan",
    "/admin/api/inventory/credentials, planId, no-such-plan",
    "/admin/api/events/deliveries, state, lost",
    "/admin/api/users, query, %00",
    "/admin/api/users, query, %20"
  })
  @DisplayName("refuses what it cannot be filtered by")
  void filters(String path, String filter, String value) {
    var query = "?" + filter + "=" + value.replace(" ", "%20");
    requireViolation(answer(new PagedList(path, ADMIN), query), filter);
  }

  @ParameterizedTest
  @CsvSource({"planId, " + MAX + ", 0", "planId, gone-plan, 1", "status, available, 1"})
  @DisplayName("C5 of credentials is filtered by plans that are known, sold or not")
  void knownPlans(String filter, String value, int count) {
    plugin
        .database()
        .execute(
            """
        update coding_plans.credential set plan_id = 'gone-plan'
         where id = (select id from coding_plans.credential where status = 'available')""");

    var list = new PagedList("/admin/api/inventory/credentials", ADMIN);

    assertThat(get(list, "?" + filter + "=" + value).get("items")).hasSize(count);
  }

  @ParameterizedTest
  @MethodSource("lists")
  @DisplayName("tells strangers nothing of cursors")
  void strangers(PagedList list) {
    assertThat(plugin.get(list.path() + "?cursor=x", "").code()).isEqualTo("unauthenticated");
  }

  private void withdraw() {
    var stock = "/admin/api/inventory/credentials";
    var id = plugin.get(stock + "?status=available", ADMIN).json().at("/items/0/id").asText();
    require(plugin.call("POST", stock + "/" + id + "/withdraw", ADMIN, ""), 200);
  }

  private void extend() {
    var extended =
        plugin.call(
            "POST",
            "/admin/api/subscriptions/" + subscription + "/extend",
            ADMIN,
            "{\"days\": 1}",
            "Idempotency-Key",
            UUID.randomUUID().toString());
    require(extended, 200);
  }

  private static JsonNode require201(Answer answer) {
    require(answer, 201);
    return answer.json();
  }

  private JsonNode get(PagedList list, String query) {
    var answer = answer(list, query);
    require(answer, 200);
    return answer.json();
  }

  private Answer answer(PagedList list, String query) {
    return plugin.get(list.path() + query, list.caller());
  }

  private static List<String> items(JsonNode page) {
    var items = new ArrayList<String>();
    page.get("items").forEach(item -> items.add(item.toString().replaceAll(AGE, "")));
    return items;
  }

  private static String changed(byte[] bytes, int place) {
    var copy = bytes.clone();
    copy[place] ^= 1;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(copy);
  }

  private static void requireViolation(Answer answer, String field) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
    assertThat(answer.json().at("/violations/0/field").asText()).isEqualTo(field);
  }

  /** Where a list is, and who may see it. */
  record PagedList(String path, String caller) {}
}
