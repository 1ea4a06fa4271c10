package dev.codingplans.plugin.usage;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.Usage.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  private static TestDatabase db;
  private static TestPlugin plugin;
  private static Usage usage;

  @BeforeAll
  static void start() {
    db = TestDatabase.fresh();
    plugin = TestPlugin.on(db);
    usage = new Usage(plugin);
  }

  @AfterAll
  static void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("D1, D4 a record is charged once, however often it is sent and applied")
  void once() {
    plugin.credit("ann", 10);
    var at = usage.now();
    var record = record("once", "ann", "llm", 1_500_000, at);

    var first = usage.send(record, record);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json().get("accepted").asInt()).isOne();
    assertThat(first.json().get("duplicates").asInt()).isOne();
    assertThat(usage.apply().get("applied").asInt()).isOne();
    assertThat(usage.send(record).json().get("duplicates").asInt()).isOne();
    assertThat(usage.apply().get("applied").asInt()).isZero();

    assertThat(credits("ann").get("balanceMicrodollars").asLong()).isEqualTo(8_500_000);
    assertThat(
            db.texts(
                """
                select concat_ws('|', kind, amount_microdollars, description, idempotency_key)
                  from coding_plans.ledger_entry where user_id = 'ann' and kind = 'usage'"""))
        .containsExactly("usage|-1500000|Usage: llm|usage:once");
  }

  @Test
  @DisplayName("D3 list cost, multiplier and charge are stored; machines have no discount")
  void discounts() {
    plugin.credit("bob", 10);
    db.execute(
        """
        update coding_plans.credit_account set first_paid_at = first_paid_at - interval '8 days'
         where user_id = 'bob'""");
    var at = usage.now();

    usage.send(
        record("b-llm", "bob", "llm", 1_000_001, at),
        record("b-vm", "bob", "vm", 1_000_001, at),
        """
        {"eventId": "b-hour", "userId": "bob", "kind": "hero_os_hour", "amount": 1.5,
         "listCostMicrodollars": 3, "occurredAt": "%s"}"""
            .formatted(at));
    usage.apply();

    assertThat(
            db.texts(
                """
                select concat_ws('|', event_id, category, list_cost_microdollars, multiplier, charge_microdollars)
                  from coding_plans.usage_record where user_id = 'bob' order by position"""))
        .containsExactlyInAnyOrder(
            "b-llm|llm|1000001|0.5|500001",
            "b-vm|vm|1000001|1.0|1000001",
            "b-hour|hero_os_hourly|3|0.5|2");
    // Back, so that tenure starts with the first payment.
    db.execute(
        """
        update coding_plans.credit_account set first_paid_at = first_paid_at + interval '8 days'
         where user_id = 'bob'""");
  }

  @Test
  @DisplayName("D5 a late record is charged with the tier of its own time, in whatever order")
  void late() {
    plugin.credit("cat", 10);
    var paid = usage.firstPaidAt("cat");
    usage.advance(Duration.ofDays(31));

    usage.send(
        record("c-now", "cat", "llm", 1_000, paid.plus(Duration.ofDays(30))),
        record("c-just-before", "cat", "llm", 1_000, paid.plus(Duration.ofDays(30)).minusNanos(1)),
        record("c-week", "cat", "llm", 1_000, paid.plus(Duration.ofDays(7))),
        record("c-day", "cat", "llm", 1_000, paid.plus(Duration.ofDays(7)).minusNanos(1_000)),
        record("c-before", "cat", "llm", 1_000, paid.minus(Duration.ofDays(1))));
    usage.apply();

    assertThat(
            db.texts(
                """
                select event_id || ' ' || charge_microdollars from coding_plans.usage_record
                 where user_id = 'cat' order by occurred_at desc"""))
        .containsExactly(
            "c-now 250", "c-just-before 500", "c-week 500", "c-day 1000", "c-before 1000");
  }

  @Test
  @DisplayName("D7 usage beyond the balance is charged down to zero, and the rest is shown")
  void uncollected() {
    plugin.credit("dan", 1);
    var at = usage.now();

    usage.send(
        record("d-1", "dan", "llm", 600_000, at),
        record("d-2", "dan", "llm", 600_000, at),
        record("d-3", "dan", "llm", 600_000, at));
    usage.apply();

    assertThat(credits("dan").get("balanceMicrodollars").asLong()).isZero();
    assertThat(credits("dan").get("uncollectedMicrodollars").asLong()).isEqualTo(800_000);
    var listed = plugin.get("/api/usage", "user:dan").json().get("items");
    assertThat(StreamSupport.stream(listed.spliterator(), false))
        .extracting(item -> item.get("uncollectedMicrodollars").asLong())
        .containsExactlyInAnyOrder(0L, 200_000L, 600_000L);
    plugin.credit("dan", 5);
    usage.apply();
    assertThat(credits("dan").get("balanceMicrodollars").asLong()).isEqualTo(5_000_000);
  }

  @Test
  @DisplayName("D4 a record touches when its user was last active, and never its tier")
  void lastActive() {
    plugin.credit("eve", 1);
    var at = usage.now().minus(Duration.ofMinutes(5));
    usage.use("e-1", "eve", 1, at);
    usage.use("e-2", "eve", 1, at.minus(Duration.ofDays(3)));

    var shown = plugin.get("/admin/api/users?query=eve", "admin:root").json().get("items").get(0);
    assertThat(Instant.parse(shown.get("lastActiveAt").asText())).isEqualTo(at);
    assertThat(shown.get("discountTier").asText()).isEqualTo("none");
  }

  @Test
  @DisplayName("D7 whoever is known from usage only has an account with all of it uncollected")
  void unknownUser() {
    usage.use("n-1", "newcomer", 700, usage.now());

    assertThat(credits("newcomer").get("balanceMicrodollars").asLong()).isZero();
    assertThat(credits("newcomer").get("uncollectedMicrodollars").asLong()).isEqualTo(700);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("D1 what cannot be right is quarantined and shown, and not charged")
  @CsvSource({
    "cost_too_high, 10000000001, 1, PT0S",
    "cost_too_high, 9223372036854775807, 1, PT0S",
    "amount_too_high, 1, 1000000000001, PT0S",
    "too_old, 1, 1, P731D",
    "in_the_future, 1, 1, PT-2H"
  })
  void quarantined(String reason, long listCost, long amount, Duration ago) {
    plugin.credit("fay", 1);
    var before = credits("fay");
    var sent =
        usage.send(
            """
            {"eventId": "q-%s-%d", "userId": "fay", "kind": "other", "amount": %d,
             "listCostMicrodollars": %d, "occurredAt": "%s"}"""
                .formatted(reason, listCost, amount, listCost, usage.now().minus(ago)));
    usage.apply();

    assertThat(sent.json().get("quarantined").asInt()).isOne();
    assertThat(credits("fay")).isEqualTo(before);
    var first =
        plugin.get("/admin/api/usage/quarantine?limit=1", "admin:root").json().get("items").get(0);
    assertThat(first.get("reason").asText()).isEqualTo(reason);
    assertThat(first.get("userId").asText()).isEqualTo("fay");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("D1 a record that is malformed is refused, and those beside it are not stored")
  @ValueSource(
      strings = {
        "\"listCostMicrodollars\": -1",
        "\"listCostMicrodollars\": 9223372036854775808",
        "\"listCostMicrodollars\": 1e309",
        "\"listCostMicrodollars\": 1.5",
        "\"listCostMicrodollars\": \"1\"",
        "\"amount\": -1",
        "\"amount\": 1e309",
        "\"amount\": 1e-309",
        "\"amount\": \"1\"",
        "\"amount\": null",
        "\"kind\": \"parsec\"",
        "\"appliesTo\": \"parking\"",
        "\"userId\": \"\"",
        "\"eventId\": \"a b\"",
        "\"occurredAt\": 1767225600",
        "\"occurredAt\": \"yesterday\"",
        "\"colour\": \"red\""
      })
  void malformed(String field) {
    var name = field.substring(0, field.indexOf(':') + 1);
    var good = record("good-" + field.hashCode(), "gus", "llm", 1, usage.now());
    var bad =
        good.contains(name)
            ? good.replaceFirst(name + " [^,}]+", field)
            : good.replaceFirst("\\{", "{" + field + ",");

    var sent = usage.send(record("beside-" + field.hashCode(), "gus", "llm", 1, usage.now()), bad);

    assertThat(sent.status()).as(sent.body()).isEqualTo(400);
    assertThat(sent.code()).isEqualTo("invalid_request");
    assertThat(
            db.text("select count(*) from coding_plans.usage_key where event_id like 'beside-%'"))
        .isEqualTo("0");
  }

  @Test
  @DisplayName("D1 ten thousand records are taken in one call, and not one more")
  void many() {
    var at = usage.now();
    var records =
        IntStream.range(0, 10_000).mapToObj(i -> record("m-" + i, "max", "llm", 7, at)).toList();
    var oneMore = new ArrayList<>(records);
    oneMore.add(record("m-more", "max", "llm", 7, at));

    assertThat(usage.send(oneMore).status()).isEqualTo(400);
    var sent = usage.send(records);
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
    assertThat(sent.json().get("accepted").asInt()).isEqualTo(10_000);
    assertThat(usage.apply().get("applied").asInt()).isEqualTo(10_000);
    assertThat(credits("max").get("uncollectedMicrodollars").asLong()).isEqualTo(70_000);
  }

  @Test
  @DisplayName("D1 the largest figures that make sense are charged exactly")
  void largest() {
    plugin.credit("hal", 20_000);
    usage.send(
        """
        {"eventId": "h-1", "userId": "hal", "kind": "other", "amount": 1000000000000,
         "listCostMicrodollars": 10000000000, "occurredAt": "%s"}"""
            .formatted(usage.now()),
        """
        {"eventId": "h-2", "userId": "hal", "kind": "other", "amount": 0,
         "listCostMicrodollars": 0, "occurredAt": "%s"}"""
            .formatted(usage.now()));
    usage.apply();

    assertThat(credits("hal").get("balanceMicrodollars").asLong()).isEqualTo(10_000_000_000L);
  }

  @Test
  @DisplayName("D5 a preview says what a use would cost, and the list what it did, by day too")
  void previewAndHistory() {
    plugin.credit("ida", 1);
    var preview =
        plugin.call(
            "POST",
            "/api/usage/preview",
            "user:ida",
            "{\"appliesTo\": \"llm\", \"listCostMicrodollars\": 1500000}");
    assertThat(preview.json().get("chargeMicrodollars").asLong()).isEqualTo(1_500_000);
    assertThat(preview.json().get("balanceAfterMicrodollars").asLong()).isZero();
    assertThat(preview.json().get("uncollectedMicrodollars").asLong()).isEqualTo(500_000);

    var at = usage.now();
    usage.use("i-1", "ida", 100, at);
    usage.use("i-2", "ida", 200, at.plusNanos(1_000));
    usage.use("i-3", "ida", 300, at.plusNanos(2_000));

    var page = plugin.get("/api/usage?limit=2", "user:ida").json();
    var rest =
        plugin.get("/api/usage?limit=2&cursor=" + page.get("nextCursor").asText(), "user:ida");
    assertThat(page.get("items").get(0).get("eventId").asText()).isEqualTo("i-3");
    assertThat(page.get("items").get(1).get("eventId").asText()).isEqualTo("i-2");
    assertThat(rest.json().get("items")).hasSize(1);
    assertThat(rest.json().get("nextCursor").isNull()).isTrue();
    var days = plugin.get("/api/usage/days", "user:ida").json().get("items");
    assertThat(days.get(0).get("records").asLong()).isEqualTo(3);
    assertThat(days.get(0).get("chargeMicrodollars").asLong()).isEqualTo(600);
    assertThat(plugin.get("/api/usage", "user:jim").json().get("items")).isEmpty();
  }

  @Test
  @DisplayName(
      "X6 a deleted user's usage stays without the name, and later records are quarantined")
  void deleted() {
    plugin.credit("kim", 1);
    usage.use("k-1", "kim", 100, usage.now());
    usage.send(record("k-waits", "kim", "llm", 100, usage.now()));
    TestPlugin.require(plugin.call("DELETE", "/admin/api/users/kim", "admin:root", ""), 204);
    usage.send(record("k-2", "kim", "llm", 100, usage.now()));
    usage.apply();

    assertThat(
            db.texts(
                """
                select event_id || ' ' || regexp_replace(user_id, '-.*', '') from coding_plans.usage_record
                 where event_id like 'k-%' order by 1"""))
        .containsExactly("k-1 deleted", "k-waits deleted");
    assertThat(quarantined("k-%")).containsExactly("k-2 account_deleted deleted");
    assertThat(db.texts("select 1 from coding_plans.credit_account where user_id = 'kim'"))
        .isEmpty();
  }

  @Test
  @DisplayName("X6 a new account pays for nothing that was used before the old one was deleted")
  void returned() {
    plugin.credit("ken", 1);
    var before = usage.now();
    TestPlugin.require(plugin.call("DELETE", "/admin/api/users/ken", "admin:root", ""), 204);
    plugin.credit("ken", 1);

    usage.send(
        record("ken-late", "ken", "llm", 100, before),
        record("ken-new", "ken", "llm", 200, usage.now()));
    assertThat(usage.apply().get("applied").asInt()).isOne();

    assertThat(
            db.texts("select event_id from coding_plans.usage_record where event_id like 'ken-%'"))
        .containsExactly("ken-new");
    assertThat(quarantined("ken-%")).containsExactly("ken-late account_deleted deleted");
  }

  @Test
  @DisplayName("X6 what is doubtful of a deleted account is kept without the name too")
  void doubtfulOfDeleted() {
    plugin.credit("kai", 1);
    TestPlugin.require(plugin.call("DELETE", "/admin/api/users/kai", "admin:root", ""), 204);
    var old = usage.now().minus(Duration.ofDays(731));

    usage.send(record("kai-old", "kai", "llm", 1, old));
    plugin.credit("kai", 1);
    usage.send(record("kai-older", "kai", "llm", 1, old));

    assertThat(quarantined("kai-%"))
        .containsExactly("kai-old too_old deleted", "kai-older too_old deleted");
  }

  private static List<String> quarantined(String events) {
    return db.texts(
        """
        select event_id || ' ' || reason || ' ' || regexp_replace(user_id, '-.*', '')
          from coding_plans.usage_quarantine where event_id like ? order by event_id""",
        events);
  }

  @Test
  @DisplayName("L3 what is parked is not charged, and keeps nobody else waiting")
  void parked() {
    plugin.credit("lea", 1);
    db.execute("update coding_plans.credit_account set parked_at = now() where user_id = 'lea'");
    usage.send(
        record("l-1", "lea", "llm", 100, usage.now()),
        record("l-2", "leo", "llm", 100, usage.now()));

    assertThat(usage.apply().get("applied").asInt()).isOne();

    db.execute("update coding_plans.credit_account set parked_at = null where user_id = 'lea'");
    assertThat(usage.apply().get("applied").asInt()).isOne();
  }

  private static JsonNode credits(String user) {
    return plugin.get("/api/credits", "user:" + user).json();
  }
}
