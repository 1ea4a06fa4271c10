package dev.codingplans.plugin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.cli.FakeGateway.Answer;
import dev.codingplans.plugin.cli.FakeGateway.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The operator's command line")
class CommandsTest {

  private static final String ID = "0190a1de-0000-7000-8000-00000000000a";
  private static final String OTHER = "0190a1de-0000-7000-8000-00000000000b";
  private static final String STOCK =
      """
      {"items":[{"providerId":"minimax","planId":"plus","status":"available","count":7},
                {"providerId":"minimax","planId":"ultra","status":"assigned","count":1234}],
       "nextCursor":null}""";

  private final FakeGateway gateway = new FakeGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  @DisplayName("prints a list as a table for people")
  void table() {
    gateway.on("GET /admin/api/inventory?limit=100", STOCK);

    var typed = type("stock");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out())
        .isEqualToNormalizingNewlines(
            """
            PROVIDER  PLAN   STATUS     COUNT
            minimax   plus   available      7
            minimax   ultra  assigned    1234
            """);
    assertThat(gateway.last().authorization()).isEqualTo("Bearer " + Typed.TOKEN);
  }

  @Test
  @DisplayName("prints a list as a line of JSON for each item for programs")
  void jsonLines() {
    gateway.on("GET /admin/api/inventory?limit=100", STOCK);

    assertThat(type("stock", "--json").out().lines())
        .containsExactly(
            "{\"providerId\":\"minimax\",\"planId\":\"plus\",\"status\":\"available\",\"count\":7}",
            "{\"providerId\":\"minimax\",\"planId\":\"ultra\",\"status\":\"assigned\",\"count\":1234}");
  }

  @Test
  @DisplayName("follows pages, and stops where it is told to")
  void pages() {
    gateway
        .on("GET /admin/api/subscriptions?status=active&limit=100", page(100, "a&b"))
        .on("GET /admin/api/subscriptions?status=active&limit=100&cursor=a%26b", page(20, null))
        .on("GET /admin/api/subscriptions?limit=30", page(30, "more"));

    var all = type("subscriptions", "--status", "active");
    assertThat(all.out().lines()).hasSize(121);
    assertThat(all.err()).isEmpty();

    var some = type("subscriptions", "list", "--limit", "30");
    assertThat(some.out().lines()).hasSize(31);
    assertThat(some.err()).contains("more than these 30", "--limit");
  }

  @Test
  @DisplayName("prints the pages that there were before one that is refused")
  void refusedPage() {
    gateway
        .on("GET /admin/api/users?query=a&limit=100", page(2, "next"))
        .on(
            "GET /admin/api/users?query=a&limit=100&cursor=next",
            Answer.problem(400, "invalid_request", "query: say how the id starts."));

    var typed = type("users", "a");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.out().lines()).hasSize(3);
    assertThat(typed.err()).contains("say how the id starts");
  }

  @Test
  @DisplayName("lets no answer move the cursor or change colours, and shows money as dollars")
  void terminalIsSafe() {
    gateway.on(
        "GET /admin/api/subscriptions?limit=100",
        """
        {"items":[{"id":"1","userId":"a\\u001b[31m\\nb\\u202e","priceMicrodollars":20000000},
                  {"id":"2","userId":"c","priceMicrodollars":1}],"nextCursor":null}""");

    assertThat(type("subscriptions").out())
        .contains("a?[31m?b?", "20.00", "0.000001")
        .doesNotContain("\u001b", "\u202e");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "approve ID OTHER | /admin/api/inventory/credentials/ID/approve | ''",
        "withdraw ID OTHER | /admin/api/inventory/credentials/ID/withdraw | ''",
        "revocations complete ID OTHER | /admin/api/revocations/ID/complete | ''",
        "revocations fail ID OTHER --reason gone | /admin/api/revocations/ID/fail | {\"reason\":\"gone\"}",
        "revocations requeue ID OTHER | /admin/api/revocations/ID/requeue | ''",
        "subscriptions cancel ID OTHER | /admin/api/subscriptions/ID/cancel | ''",
        "subscriptions terminate ID OTHER | /admin/api/subscriptions/ID/terminate | ''",
        "subscriptions extend ID OTHER --days 3 | /admin/api/subscriptions/ID/extend | {\"days\":3}"
      })
  @DisplayName("does the same to each of several, and stops at the first that it cannot")
  void each(String words, String path, String body) {
    var first = "POST " + path.replace("ID", ID);
    var second = "POST " + path.replace("ID", OTHER);
    gateway
        .on(first, "{\"id\":\"" + ID + "\",\"status\":\"changed\"}")
        .on(second, Answer.problem(409, "invalid_state", "It is over."));

    var typed = type(words.replace("ID", ID).replace("OTHER", OTHER).split(" "));

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.out()).contains(ID, "changed");
    assertThat(typed.err())
        .contains("It is over. (invalid_state, correlation id c-1)")
        .contains("That was " + OTHER + ", after 1 of 2.");
    assertThat(gateway.asked()).extracting(Asked::call).containsExactly(first, second);
    assertThat(gateway.asked()).extracting(Asked::body).containsOnly(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "credentials --plan plus --status assigned --health rejected"
            + " | /admin/api/inventory/credentials?planId=plus&status=assigned&health=rejected&limit=100",
        "revocations --status revoked | /admin/api/revocations?status=revoked&limit=100",
        "revocations list | /admin/api/revocations?limit=100",
        "subscriptions --user a+b | /admin/api/subscriptions?userId=a%2Bb&limit=100",
        "users 50% | /admin/api/users?query=50%25&limit=100",
        "audit --actor root --action credit.grant --target user:ann"
            + " | /admin/api/audit?actor=root&action=credit.grant&target=user%3Aann&limit=100"
      })
  @DisplayName("asks for the lists of the contract, with their filters")
  void lists(String words, String path) {
    gateway.on("GET " + path, "{\"items\":[],\"nextCursor\":null}");

    assertThat(type(words.split(" ")).exitCode()).isZero();
    assertThat(gateway.last().call()).isEqualTo("GET " + path);
  }

  @Test
  @DisplayName("shows one thing with all its fields")
  void document() {
    gateway.on("GET /admin/api/subscriptions/" + ID, "{\"id\":\"" + ID + "\",\"endedAt\":null}");

    assertThat(type("subscriptions", "get", ID).out().lines())
        .containsExactly("id       " + ID, "endedAt  -");
  }

  @Test
  @DisplayName("I8 makes a key for a swap and tells it when the outcome is in doubt")
  void swapKey() {
    var call = "POST /admin/api/subscriptions/" + ID + "/swap-credential";
    gateway.on(
        call,
        Answer.problem(503, "unavailable", "Try again in a moment."),
        new Answer(200, "{\"id\":\"" + ID + "\"}", Map.of("Idempotency-Replayed", "true")));

    var failed = type("swap", ID);
    var key = gateway.last().key().orElseThrow();
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("Try again in a moment.", "--idempotency-key " + key);

    var repeated = type("swap", ID, "--idempotency-key", key);
    assertThat(repeated.exitCode()).isZero();
    assertThat(repeated.err()).contains("nothing more was done");
    assertThat(gateway.last().key()).contains(key);
  }

  @Test
  @DisplayName("L1 gives credit once, in dollars, and tells the key when the outcome is in doubt")
  void grant() {
    gateway.on(
        "POST /admin/api/users/ann%2Fb%20c/credits",
        Answer.problem(503, "unavailable", "Try again in a moment."),
        new Answer(
            201,
            """
            {"id":"e-1","kind":"adjustment","amountMicrodollars":-12500000,"balanceAfterMicrodollars":1}"""));

    var words =
        new String[] {
          "credits",
          "grant",
          "ann/b c",
          "--dollars",
          "-12.50",
          "--kind",
          "adjustment",
          "--reason",
          "a slip"
        };
    assertThat(type(words).err())
        .contains("--idempotency-key " + gateway.last().key().orElseThrow());

    var typed = type(words);
    assertThat(typed.exitCode()).as(typed.all()).isZero();
    assertThat(typed.out()).contains("-12.50", "0.000001");
    assertThat(gateway.last().body())
        .isEqualTo(
            "{\"amountMicrodollars\":-12500000,\"kind\":\"adjustment\",\"reason\":\"a slip\"}");
  }

  @Test
  @DisplayName("fails when the books are wrong, and names what is (L3)")
  void reconcile() {
    gateway.on(
        "GET /admin/api/reconciliation",
        new Answer(
            200, "{\"ok\":true,\"checks\":[{\"name\":\"a\",\"ok\":true,\"violations\":[]}]}"),
        new Answer(
            200,
            "{\"ok\":false,\"checks\":[{\"name\":\"a\",\"ok\":false,\"violations\":[\"x\",\"y\"]}]}"));

    assertThat(type("reconcile").exitCode()).isZero();
    var wrong = type("reconcile");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.out()).containsPattern("a +false +2");
    assertThat(wrong.err()).contains("a: x", "a: y");
  }

  @Test
  @DisplayName("fails when a sweep has errors")
  void sweep() {
    gateway.on(
        "POST /admin/api/billing/sweep",
        new Answer(200, "{\"renewed\":3,\"errors\":0}"),
        new Answer(200, "{\"renewed\":3,\"errors\":1}"));

    assertThat(type("sweep").exitCode()).isZero();
    assertThat(type("sweep").exitCode()).isEqualTo(1);
  }

  @Test
  @DisplayName("I6 follows a rotation to its end, and fails if a row could not be read")
  void rotate() {
    gateway
        .on(
            "POST /admin/api/encryption/rotate",
            new Answer(202, "{\"state\":\"running\",\"total\":4,\"done\":0,\"failed\":[]}"))
        .on(
            "GET /admin/api/encryption/rotate",
            new Answer(200, "{\"state\":\"running\",\"total\":4,\"done\":1,\"failed\":[]}"),
            Answer.problem(503, "unavailable", "Try again in a moment."),
            new Answer(200, "{\"state\":\"done\",\"total\":4,\"done\":4,\"failed\":[]}"),
            new Answer(200, "{\"state\":\"done\",\"total\":4,\"done\":3,\"failed\":[\"x\"]}"));

    var done = type("rotate");
    assertThat(done.exitCode()).as(done.all()).isZero();
    assertThat(done.err()).contains("1 of 4 rows encrypted anew", "4 of 4");
    assertThat(type("rotate", "--status").exitCode()).isEqualTo(1);
  }

  @Test
  @DisplayName("tells each violation of a refused request")
  void violations() {
    gateway.on(
        "GET /admin/api/revocations?status=x&limit=100",
        new Answer(
            400,
            """
            {"detail":"status: it is none.","code":"invalid_request",
             "violations":[{"field":"status","message":"it is none"},{"field":"limit","message":"it is too much"}]}"""));

    assertThat(type("revocations", "--status", "x").err())
        .contains("status: it is none. (invalid_request, correlation id c-1)")
        .contains("- limit: it is too much");
  }

  @Test
  @DisplayName("tells what is there instead of a gateway, and carries the token nowhere else")
  void noGateway() {
    gateway
        .on("GET /admin/api/inventory?limit=100", new Answer(200, "<html>"))
        .on(
            "GET /admin/api/users?limit=100",
            new Answer(302, "", Map.of("location", gateway.url() + "/elsewhere")));

    assertThat(type("stock").err()).contains("no gateway with Coding Plans");
    assertThat(type("users").err()).contains("The gateway answered 302.");
    assertThat(gateway.asked()).hasSize(2);
    gateway.on("POST /admin/api/billing/sweep", Answer.BROKEN_OFF);
    assertThat(type("sweep").err()).contains("broke off", "is not known");

    gateway.close();
    var typed = type("stock");
    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.err()).contains("No gateway can be reached at " + gateway.url());
    assertThat(typed.err().lines()).hasSize(1);
  }

  @Test
  @DisplayName("takes a token from a file, and says how to get one")
  void tokens(@TempDir Path folder) throws IOException {
    gateway.on("GET /admin/api/inventory?limit=100", STOCK);
    var file = Files.writeString(folder.resolve("token"), "from-a-file\n");

    var typed =
        Typed.in(
            Map.of("GATEWAY_URL", gateway.url()),
            "",
            false,
            "stock",
            "--token-file",
            file.toString());
    assertThat(typed.exitCode()).as(typed.all()).isZero();
    assertThat(gateway.last().authorization()).isEqualTo("Bearer from-a-file");

    var none = Typed.in(Map.of("GATEWAY_URL", gateway.url()), "", false, "stock");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("GATEWAY_TOKEN", "--token-file", "bin/gateway token");

    var broken =
        Typed.in(
            Map.of("GATEWAY_URL", gateway.url(), "GATEWAY_TOKEN", "two\nwords"),
            "",
            false,
            "stock");
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.all()).doesNotContain("words\n", "two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gateway.example",
        "http://127.0.0.1.example",
        "http://10.0.0.1:8080",
        "http://localhost.example",
        "http://2130706433",
        "ftp://localhost",
        "http://user:hidden@localhost",
        "http://localhost/?token=hidden",
        "nonsense hidden"
      })
  @DisplayName("sends no token where others read it, and shows no password of an address")
  void addresses(String address) {
    var typed = Typed.at(address, "stock");

    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(typed.all()).doesNotContain("hidden").containsPattern("https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "stock --nonsense",
        "approve",
        "approve no-id",
        "upload keys.txt",
        "subscriptions extend " + ID,
        "subscriptions extend " + ID + " --days x",
        "stock --limit 0",
        "credits",
        "credits grant ann --reason x",
        "credits grant ann --dollars ten --reason x",
        "credits grant ann --dollars 0.0000001 --reason x",
        "keyset retire"
      })
  @DisplayName("says how it is used, with exit code 2")
  void misuse(String words) {
    var typed = type(words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(typed.exitCode()).as(typed.all()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    assertThat(gateway.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upload --provider minimax --plan plus keys.txt sk-hidden-key-1::u",
        "upload --provider minimax --plan plus sk-hidden-key-1::u",
        "upload --provider minimax --plan plus @sk-hidden-key-1::u",
        "approve sk-hidden-key-1",
        "stock --token=sk-hidden-key-1",
        "stock --token-file sk-hidden-key-1",
        "stock --token-file=sk-hidden-key-1",
        "sk-hidden-key-1",
        "stock --limit sk-hidden-key-1"
      })
  @DisplayName("does not repeat a key that somebody types")
  void typedKeys(String words) {
    var typed = type(words.split(" "));

    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(typed.all()).doesNotContain("hidden");
  }

  @Test
  @DisplayName("helps with every command")
  void help() {
    assertThat(type("--help").out()).contains("upload", "GATEWAY_TOKEN", "Exit codes");
    assertThat(type("subscriptions", "extend", "--help").out()).contains("--days", "--gateway");
    assertThat(type("keyset", "add", "--version").out()).startsWith("coding-plans ");
  }

  private Typed type(String... words) {
    var typed = Typed.at(gateway.url(), words);
    assertThat(typed.all()).doesNotContain(Typed.TOKEN);
    return typed;
  }

  private static String page(int size, String next) {
    var items = IntStream.range(0, size).mapToObj(i -> "{\"id\":\"" + i + "\"}").toList();
    return "{\"items\":"
        + items
        + ",\"nextCursor\":"
        + (next == null ? null : "\"" + next + "\"")
        + "}";
  }
}
