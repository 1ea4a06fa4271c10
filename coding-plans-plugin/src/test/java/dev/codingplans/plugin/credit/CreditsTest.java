package dev.codingplans.plugin.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestDatabase.DatabaseRefusal;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditsTest {

  private static TestPlugin plugin;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName(
      "L1 every movement is an entry with the balance after it, newest first, a page at a time")
  void entries() {
    for (int i = 1; i <= 5; i++) {
      grant("ann", i, "granted_credit");
    }
    grant("ann", -3, "adjustment");

    var amounts = new ArrayList<Long>();
    var cursor = "";
    do {
      var page = plugin.get("/api/credits/entries?limit=4" + cursor, "user:ann").json();
      page.get("items").forEach(entry -> amounts.add(entry.get("amountMicrodollars").asLong()));
      cursor = page.get("nextCursor").isNull() ? "" : "&cursor=" + page.get("nextCursor").asText();
    } while (!cursor.isEmpty());

    assertThat(amounts).containsExactly(-3L, 5L, 4L, 3L, 2L, 1L);
    var newest = plugin.get("/api/credits/entries", "user:ann").json().get("items").get(0);
    assertThat(newest.get("kind").asText()).isEqualTo("adjustment");
    assertThat(newest.get("balanceAfterMicrodollars").asLong()).isEqualTo(12);
    assertThat(credits("ann").get("balanceMicrodollars").asLong()).isEqualTo(12);
    assertThat(plugin.get("/api/credits/entries", "user:bob").json().get("items")).isEmpty();
  }

  @Test
  @DisplayName("L1 an adjustment that would take the balance below zero is refused")
  void noOverdraft() {
    grant("low", 10, "granted_credit");

    assertThat(grant("low", -11, "adjustment").code()).isEqualTo("insufficient_credits");
    assertThat(grant("low", -10, "adjustment").status()).isEqualTo(201);
    assertThat(grant("low", -1, "paid_credit").code()).isEqualTo("invalid_request");
    assertThat(grant("low", 0, "adjustment").code()).isEqualTo("invalid_request");
    assertThat(credits("low").get("balanceMicrodollars").asLong()).isZero();
  }

  @Test
  @DisplayName("L1 the ledger is append-only, by the database alone")
  void appendOnly() {
    grant("fay", 10, "granted_credit");

    for (String sql :
        List.of(
            "update coding_plans.ledger_entry set amount_microdollars = 5",
            "delete from coding_plans.ledger_entry",
            "truncate coding_plans.ledger_entry cascade")) {
      assertThatThrownBy(() -> plugin.database().execute(sql))
          .isInstanceOf(DatabaseRefusal.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  @DisplayName("F2 credit that is added is told in the same transaction")
  void event() {
    var id = grant("gus", 7, "paid_credit").json().get("id").asText();

    assertThat(
            plugin
                .database()
                .text(
                    """
                    select payload ->> 'amountMicrodollars' from coding_plans.event
                     where user_id = 'gus' and type = 'credit.added' and payload ->> 'ledgerEntryId' = ?""",
                    id))
        .isEqualTo("7");
    grant("gus", -1, "adjustment");
    assertThat(
            plugin.database().text("select count(*) from coding_plans.event where user_id = 'gus'"))
        .as("what is taken away was not added")
        .isEqualTo("1");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @DisplayName("L1 an admin credits exactly the user of the path, however the id is spelled in it")
  @CsvSource({
    "a+b@example.org, a+b@example.org",
    "a%2Bb@example.org, a+b@example.org",
    "tom&jerry;x=1, tom&jerry;x=1",
    "a%20b, a b",
    "%E2%82%AC, €",
    "a%2Fb, a/b"
  })
  void usersOfPaths(String segment, String user) {
    TestPlugin.require(grant(segment, 1, "granted_credit"), 201);

    assertThat(
            plugin
                .database()
                .texts("select user_id from coding_plans.credit_account where user_id = ?", user))
        .containsExactly(user);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("L1 an id that cannot be decoded or printed is nobody's")
  @CsvSource({"%FF", "%00", "a%0D%0Ab", "%20"})
  void nobodysPath(String segment) {
    assertThat(grant(segment, 1, "granted_credit").code()).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("D2 tenure starts with the first paid credit, once; a gift does not start it")
  void tenure() {
    grant("kim", 1, "granted_credit");
    assertThat(credits("kim").get("firstPaidAt").isNull()).isTrue();
    grant("kim", 1, "paid_credit");
    var first = credits("kim").get("firstPaidAt").asText();
    grant("kim", 1, "paid_credit");

    assertThat(credits("kim").get("firstPaidAt").asText()).isEqualTo(first);
    assertThat(credits("kim").get("discountTier").get("name").asText()).isEqualTo("none");
  }

  @ParameterizedTest(name = "{0} microdollars: {1}")
  @DisplayName("Money for people has cents, and more digits only where they are needed")
  @CsvSource({"20000000, $20.00", "1, $0.000001", "0, $0.00", "-1500000, -$1.50", "9990000, $9.99"})
  void usd(long microdollars, String text) {
    assertThat(Usd.format(microdollars)).isEqualTo(text);
  }

  private static JsonNode credits(String user) {
    return plugin.get("/api/credits", "user:" + user).json();
  }

  private static Answer grant(String user, long microdollars, String kind) {
    return plugin.call(
        "POST",
        "/admin/api/users/" + user + "/credits",
        "admin:root",
        """
        {"amountMicrodollars": %d, "kind": "%s", "reason": "test"}"""
            .formatted(microdollars, kind),
        "Idempotency-Key",
        UUID.randomUUID().toString());
  }
}
