package dev.codingplans.plugin.statement;

import static dev.codingplans.plugin.support.PaymentCalls.SECRET;
import static dev.codingplans.plugin.support.QuotaCalls.FIVE;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.Fault;
import dev.codingplans.plugin.support.FaultyWire;
import dev.codingplans.plugin.support.PaymentCalls;
import dev.codingplans.plugin.support.QuotaCalls;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

  private static final String ENTRIES = "/api/credits/entries";

  private static TestPlugin plugin;
  private static String subscription;
  private static String allowance;

  /** Ann has one entry of each kind that she can cause, and a strange gift. */
  @BeforeAll
  static void start() {
    plugin = TestPlugin.on(TestDatabase.fresh(), PaymentCalls.settings(SECRET), List.of());
    var service = new PaymentCalls(plugin);
    TestPlugin.require(service.paid("p-1", "ann", 100_000_000), 200);
    plugin.stock(PLUS, 1);
    subscription = plugin.buy("ann", PLUS).json().get("id").asText();
    allowance = new QuotaCalls(plugin).buy("ann", FIVE).json().get("id").asText();
    TestPlugin.require(service.refunded("r-1", "p-1", "ann", 30_000_000), 200);
    TestPlugin.require(
        plugin.call(
            "POST",
            "/admin/api/users/ann/credits",
            "admin:root",
            """
            {"amountMicrodollars": 1, "kind": "granted_credit", "reason": "=1+1, \\"said\\" José"}""",
            "Idempotency-Key",
            "gift"),
        201);
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("L1, L2 every entry names what caused it")
  void causes() {
    assertThat(entries(""))
        .extracting(
            entry ->
                String.join(
                    " ",
                    entry.get("kind").asText(),
                    entry.get("subscriptionId").asText("-"),
                    entry.get("allowanceId").asText("-"),
                    entry.get("paymentId").asText("-")))
        .containsExactly(
            "granted_credit - - -",
            "refund - - p-1",
            "quota_purchase - " + allowance + " -",
            "activation " + subscription + " - -",
            "paid_credit - - p-1");
  }

  @Test
  @DisplayName("L1 entries are filtered by kind and by time, from an instant on and before another")
  void filters() {
    var second = entries("").get(3).get("createdAt").asText();

    assertThat(entries("?kind=refund")).hasSize(1);
    assertThat(entries("?from=" + second)).hasSize(4);
    assertThat(entries("?to=" + second)).hasSize(1);
    assertThat(entries("?from=" + second + "&to=" + second)).isEmpty();
    assertThat(entries("?from=2000-01-01&to=2001-01-01")).isEmpty();
    assertThat(entries("?from=2000-01-01")).hasSize(5);
    var first = plugin.get(ENTRIES + "?kind=refund&limit=1", "user:ann").json();
    assertThat(first.get("nextCursor").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind=gift",
        "kind=",
        "from=yesterday",
        "to=2026-13-01",
        "from=-1000000000-01-01T00:00:00Z",
        "to=%2B999999999-12-31T00:00:00Z",
        "format=xml"
      })
  @DisplayName("L1 what cannot be asked for is said")
  void refused(String query) {
    assertThat(plugin.get(ENTRIES + "?" + query, "user:ann").code()).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("L1 a spreadsheet gets the same entries, and computes nothing that somebody wrote")
  void csv() {
    var answer = plugin.get(ENTRIES + "?format=csv", "user:ann");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("text/csv");
    assertThat(answer.header("content-disposition")).contains("credits.csv");
    var lines = answer.body().split("\r\n");
    assertThat(lines).hasSize(6);
    assertThat(lines[0]).startsWith("createdAt,kind,amountMicrodollars,");
    assertThat(lines[1]).contains(",granted_credit,1,", "\"'=1+1, \"\"said\"\" José\"");
    assertThat(lines[4]).contains(",activation,-20000000,80000000,", subscription);
    assertThat(plugin.call("GET", ENTRIES, "user:ann", "", "accept", "text/csv").body())
        .isEqualTo(answer.body());
    assertThat(plugin.get(ENTRIES + "?format=csv&kind=refund", "user:ann").body().split("\r\n"))
        .hasSize(2);
    assertThat(plugin.get(ENTRIES + "?format=csv", "user:bob").body().split("\r\n")).hasSize(1);
    assertThat(plugin.call("GET", ENTRIES, "user:ann", "", "accept", "*/*").json().get("items"))
        .hasSize(5);
  }

  @Test
  @DisplayName("L1 a long statement is a file of any length, page after page")
  void longStatement() {
    giveTo("cid");

    var lines = plugin.get(ENTRIES + "?format=csv", "user:cid").body().split("\r\n");

    assertThat(lines).hasSize(2501);
    assertThat(lines[1]).contains("gift 2500");
    assertThat(lines[2500]).contains("gift 1\"");
  }

  @Test
  @Timeout(60)
  @DisplayName("L1 a file of which a page cannot be read breaks off, and never looks whole")
  void brokenOff() throws Exception {
    giveTo("dan");

    try (var wire = FaultyWire.to(plugin.database());
        var node = TestPlugin.on(plugin.database(), wire.settings(), List.of())) {
      wire.failAt(2, "with entry as", Fault.REFUSED);

      assertThatThrownBy(() -> node.get(ENTRIES + "?format=csv", "user:dan"))
          .isInstanceOf(UncheckedIOException.class);

      assertThat(wire.mend()).hasSize(2);
      assertThat(node.get(ENTRIES + "?format=csv", "user:dan").body().split("\r\n")).hasSize(2501);
    }
  }

  @Test
  @DisplayName("L1 entries are found by their time also where a clock was set back between them")
  void clockSetBack() {
    plugin
        .database()
        .execute(
            """
            insert into coding_plans.credit_account (user_id, balance_microdollars) values ('eve', 5);
            insert into coding_plans.ledger_entry
                   (id, user_id, kind, amount_microdollars, balance_after_microdollars, description,
                    idempotency_key, created_at)
            select gen_random_uuid(), 'eve', 'granted_credit', 1, n, 'gift ' || n, 'k' || n,
                   timestamptz '2026-01-01T12:00:00Z' + make_interval(mins => minutes)
              from unnest(array[0, 150, 120, 160, 400]) with ordinality as gifts (minutes, n) order by n""");

    assertThat(descriptions("eve", "?from=2026-01-01T14:10:00Z&to=2026-01-01T14:35:00Z"))
        .containsExactly("gift 2");
    assertThat(descriptions("eve", "?from=2026-01-01T13:59:00Z&kind=granted_credit"))
        .containsExactly("gift 5", "gift 4", "gift 3", "gift 2");
    assertThat(descriptions("eve", "?to=2026-01-01T14:05:00Z")).containsExactly("gift 3", "gift 1");
  }

  private static List<String> descriptions(String user, String query) {
    var answer = plugin.get(ENTRIES + query, "user:" + user);
    TestPlugin.require(answer, 200);
    return answer.json().get("items").findValuesAsText("description");
  }

  private static void giveTo(String user) {
    plugin
        .database()
        .execute(
            """
            insert into coding_plans.credit_account (user_id, balance_microdollars) values ('%1$s', 2500);
            insert into coding_plans.ledger_entry
                   (id, user_id, kind, amount_microdollars, balance_after_microdollars, description,
                    idempotency_key, created_at)
            select gen_random_uuid(), '%1$s', 'granted_credit', 1, n, 'gift ' || n, 'k' || n, now()
              from generate_series(1, 2500) n"""
                .formatted(user));
  }

  private static List<JsonNode> entries(String query) {
    var answer = plugin.get(ENTRIES + query, "user:ann");
    TestPlugin.require(answer, 200);
    var entries = new ArrayList<JsonNode>();
    answer.json().get("items").forEach(entries::add);
    return entries;
  }
}
