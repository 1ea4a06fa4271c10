package dev.codingplans.plugin.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.RawHttp;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {

  private static final String FIVE =
      "{\"amountMicrodollars\": 5, \"kind\": \"granted_credit\", \"reason\": \"gift\"}";
  private static final String SIX = FIVE.replace('5', '6');

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
  @DisplayName("P7 a call that charges needs a key")
  void keyIsRequired() {
    var path = "/admin/api/users/required/credits";

    assertThat(plugin.call("POST", path, "admin:root", FIVE))
        .satisfies(
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.code()).isEqualTo("idempotency_key_required");
            });
    assertThat(plugin.call("POST", path, "admin:root", FIVE, "Idempotency-Key", "").code())
        .isEqualTo("idempotency_key_required");
    assertThat(balanceOf("required")).isZero();
  }

  @Test
  @DisplayName("P7 a key has 1 to 200 characters")
  void lengths() {
    assertThat(grant("lengths", "k", FIVE).status()).isEqualTo(201);
    assertThat(grant("lengths", "k".repeat(200), FIVE).status()).isEqualTo(201);
    assertThat(grant("lengths", "k".repeat(201), FIVE).code()).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\tb", "k\u00e9y", "k\u0080"})
  @DisplayName("P7 a key is visible ASCII")
  void visibleAscii(String key) {
    var answer =
        RawHttp.send(
            plugin.address(),
            """
            POST /admin/api/users/visible/credits HTTP/1.1
            x-test-caller: admin:root
            content-type: application/json
            idempotency-key:\s"""
                + key,
            FIVE.getBytes(StandardCharsets.UTF_8));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"field\":\"Idempotency-Key\"");
  }

  @Test
  @DisplayName("P7 the same key with the same request returns the same entry, and moves nothing")
  void replays() {
    var first = grant("replays", "key-1", FIVE);
    var again = grant("replays", "key-1", FIVE);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("idempotency-replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(balanceOf("replays")).isEqualTo(5);
    assertThat(
            plugin
                .database()
                .text("select count(*) from coding_plans.event where user_id = 'replays'"))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("P7 the same key with another request is refused")
  void anotherRequest() {
    grant("another", "key-1", FIVE);

    var refused = grant("another", "key-1", SIX);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("idempotency_key_reused");
    assertThat(balanceOf("another")).isEqualTo(5);
  }

  @Test
  @DisplayName("P7 neither the order of fields nor blanks make another request")
  void canonicalBody() {
    grant("canonical", "key-1", FIVE);

    var again =
        grant(
            "canonical",
            "key-1",
            "\n{\"reason\":\"g\\u0069ft\",   \"kind\":\"granted_credit\",\"amountMicrodollars\":5 }\n");

    assertThat(again.status()).isEqualTo(200);
    assertThat(balanceOf("canonical")).isEqualTo(5);
  }

  @Test
  @DisplayName("P7 the same key for another user is another request")
  void scopeIsTheTarget() {
    assertThat(grant("target-1", "shared", FIVE).status()).isEqualTo(201);
    assertThat(grant("target-2", "shared", SIX).status()).isEqualTo(201);

    assertThat(balanceOf("target-1")).isEqualTo(5);
    assertThat(balanceOf("target-2")).isEqualTo(6);
  }

  @Test
  @DisplayName("P7 another admin with the same key repeats the request")
  void whicheverAdmin() {
    var first = grant("admin:root", "whichever", "key-1", FIVE);
    var again = grant("admin:other", "whichever", "key-1", FIVE);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
    assertThat(balanceOf("whichever")).isEqualTo(5);
  }

  @Test
  @DisplayName("P7 a user's keys and those of admins for the user do not meet")
  void usersAndAdminsApart() {
    plugin.credit("apart", 20);
    plugin.stock(TestPlugin.PLUS, 1);

    assertThat(grant("apart", "same", FIVE).status()).isEqualTo(201);
    assertThat(plugin.buy("apart", TestPlugin.PLUS, "same").status()).isEqualTo(201);
    assertThat(grant("apart", "same", FIVE).status()).isEqualTo(200);
    assertThat(plugin.buy("apart", TestPlugin.PLUS, "same").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("P7 of a key only its SHA-256 is stored")
  void onlyItsHash() throws Exception {
    grant("hashed", "a-key-to-look-for", FIVE);

    var hash =
        MessageDigest.getInstance("SHA-256")
            .digest("a-key-to-look-for".getBytes(StandardCharsets.UTF_8));
    assertThat(
            plugin
                .database()
                .text(
                    "select encode(key_hash, 'hex') from coding_plans.idempotency_key where scope = 'admin:' || encode(sha256('hashed'), 'hex')"))
        .isEqualTo(HexFormat.of().formatHex(hash));
    assertThat(
            plugin
                .database()
                .text(
                    "select idempotency_key from coding_plans.ledger_entry where user_id = 'hashed'"))
        .doesNotContain("look-for");
  }

  @Test
  @DisplayName("P7 L1 a failed attempt stores nothing, so it can be retried with the same key")
  void retriesAFailure() {
    var less = FIVE.replace("granted_credit", "adjustment").replace("5", "-5");

    var refused = grant("retries", "key-1", less);
    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.code()).isEqualTo("insufficient_credits");
    assertThat(grant("retries", "key-2", FIVE).status()).isEqualTo(201);
    assertThat(grant("retries", "key-1", less).status()).isEqualTo(201);
    assertThat(balanceOf("retries")).isZero();
  }

  @Test
  @DisplayName("P7 the same request many times at once moves the balance once")
  void atOnce() {
    var answers =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> grant("at-once", "key-1", FIVE)))
            .limit(8)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(200, 201);
    assertThat(answers.stream().map(answer -> answer.json().get("id")).distinct()).hasSize(1);
    assertThat(balanceOf("at-once")).isEqualTo(5);
  }

  private static Answer grant(String user, String key, String body) {
    return grant("admin:root", user, key, body);
  }

  private static Answer grant(String admin, String user, String key, String body) {
    return plugin.call(
        "POST", "/admin/api/users/" + user + "/credits", admin, body, "Idempotency-Key", key);
  }

  private static long balanceOf(String user) {
    return plugin.get("/api/credits", "user:" + user).json().get("balanceMicrodollars").asLong();
  }
}
