package dev.codingplans.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.codingplans.sample.Wire.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** At the gateway's port, where its own routes, inference and the mounted console look alike. */
@DisplayName("A hostile request")
class HostileRequestsIT {

  private static final String CONSOLE = "/api/subscriptions/preview";
  private static final String INFERENCE = "/v1/chat/completions";
  private static final String HOST = "/health";
  private static final String NEXT =
      "GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
  private static final String NEXT_ANSWER = "\"status\":\"UP\"";

  @TempDir private static Path folder;
  private static Installation installation;
  private static GatewayProcess gateway;
  private static Calls calls;
  private static Wire wire;
  private static String user;

  @BeforeAll
  static void start() {
    installation = new Installation(folder);
    gateway = installation.run();
    calls = new Calls(gateway.awaitServing());
    wire = new Wire(calls.client().gateway());
    user = "authorization: Bearer " + calls.user("mallory") + "\r\n";
  }

  @AfterAll
  static void stop() {
    try {
      calls.assertReconciled();
      assertThat(gateway.output().lines())
          .filteredOn(line -> line.contains(" ERROR ") || line.startsWith("\tat "))
          .isEmpty();
    } finally {
      gateway.close();
      installation.close();
    }
  }

  static final List<String> AMBIGUOUS_HEADS =
      List.of(
          "content-length: 5\r\ntransfer-encoding: chunked",
          "content-length: 5\r\ncontent-length: 6",
          "content-length: 5\r\ncontent-length: 5",
          "content-length: 5, 5",
          "content-length: +5",
          "content-length: -5",
          "content-length: 0x5",
          "content-length: 99999999999999999999",
          "content-length : 5",
          "transfer-encoding: gzip",
          "transfer-encoding: identity",
          "transfer-encoding: xchunked",
          "transfer-encoding: \"chunked\"",
          "transfer-encoding: \u000bchunked",
          "transfer-encoding: identity, chunked",
          "transfer-encoding: chunked, identity",
          "transfer-encoding: chunked, chunked",
          "transfer-encoding: chunked\r\ntransfer-encoding: identity",
          "transfer-encoding : chunked",
          "transfer-encoding:\r\n chunked",
          "content-length:\r\n 5, 6",
          "host: elsewhere.example",
          "no colon",
          ": no name",
          "x\u0001y: a",
          "x: a\u0000b",
          "x: a\rb");

  @ParameterizedTest
  @FieldSource("AMBIGUOUS_HEADS")
  @DisplayName(
      "whose end or host others may see elsewhere is refused, and what follows is not read")
  void refusesAmbiguousHeads(String headers) {
    for (var path : List.of(CONSOLE, INFERENCE, HOST)) {
      var answer =
          wire.send(Wire.head("POST", path, user + headers + "\r\n\r\n") + "0\r\n\r\n" + NEXT);

      requireRefusal(answer, 400, "invalid_request");
      assertThat(answer.closed()).isTrue();
      assertThat(answer.text()).doesNotContain(NEXT_ANSWER);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ZZ\r\n",
        "-2\r\n",
        "ffffffffffffffffff\r\n",
        "\r\n",
        "0x5\r\nabcde\r\n",
        "2\r\nabcd\r\n"
      })
  @DisplayName("that breaks off within a chunk is refused, and not carried out as far as it came")
  void refusesBrokenChunks(String chunk) {
    for (var path : List.of(CONSOLE, INFERENCE)) {
      var body =
          path.equals(CONSOLE)
              ? "{\"planId\":\"" + Calls.PLAN + "\"}"
              : "{\"model\":\"" + Calls.MODEL + "\",\"messages\":[]}";
      var head = user + "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
      var whole = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";

      var answer = wire.send(Wire.head("POST", path, head) + whole + chunk + "\r\n" + NEXT);

      requireRefusal(answer, 400, "invalid_request");
      assertThat(answer.closed()).isTrue();
      assertThat(answer.text()).doesNotContain(NEXT_ANSWER);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /health HTTP/1.1, 400",
    "GET /health HTTP/9.9, 400",
    "GET /health, 400",
    "PRI * HTTP/2.0, 400",
    "GET  /health  HTTP/1.1  x, 400",
    "\u0016\u0003\u0001, 400"
  })
  @DisplayName("of another protocol, or for no host, is refused")
  void refusesOtherProtocols(String line, int status) {
    requireRefusal(wire.send(line + "\r\nx: y\r\n\r\n"), status, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//admin/api/inventory",
        "/%2e%2e/admin/api/inventory",
        "/api/%2e%2e/admin/api/inventory",
        "/api/../admin/api/inventory",
        "/v1/../admin/api/inventory",
        "/health/../admin/api/inventory",
        "/swagger-ui/../admin/api/inventory",
        "/swagger-ui/%2e%2e/%2e%2e/application.yml",
        "/swagger-ui/..%2f..%2fapplication.yml",
        "/admin%2fapi/inventory",
        "/%61dmin/api/inventory",
        "/admin/api/%69nventory",
        "/ADMIN/API/inventory",
        "/admin;x/api/inventory",
        "/admin/api/inventory;x",
        "/admin//api/inventory",
        "/admin/api//inventory",
        "/./admin/api/inventory",
        "http://localhost/admin/api/inventory",
        "http://elsewhere.example/admin/api/inventory",
        "https://a@localhost:1/admin/api/inventory",
        "localhost:80",
        "*",
        "admin/api/inventory",
        "/admin/api\\inventory",
        "/api/%00",
        "/api/%zz",
        "/api/%c0%ae%c0%ae/admin/api/inventory",
        "/api/\u00ff",
        "/api/plans?%zz",
        "/api/plans?{}|^`"
      })
  @DisplayName("by no spelling of a path comes to where it may not")
  void refusesSpellings(String target) {
    var program = user + "accept: application/json\r\n";
    var answer = wire.send(Wire.request("GET", target, program, ""));

    assertThat(answer.status()).isIn(400, 403, 404);
    requireRefusal(answer, answer.status(), "");
  }

  static Stream<Arguments> tokens() {
    return Tokens.refused().entrySet().stream()
        .map(entry -> arguments(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  @DisplayName("with a token that the host did not sign for a user now is nobody's")
  void refusesTokens(String what, String token) {
    for (var path : List.of("/api/plans", "/admin/api/inventory", "/v1/models")) {
      var answer =
          wire.send(Wire.request("GET", path, "authorization: Bearer " + token + "\r\n", ""));

      requireRefusal(answer, 401, "unauthenticated");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("bodies")
  @DisplayName("whose body is not what is wanted is told so")
  void refusesBodies(String path, String body) {
    requireRefusal(post(path, body.getBytes(UTF_8), ""), 400, "invalid_request");
  }

  static Stream<Arguments> bodies() {
    var deep = "[".repeat(20_000);
    var credits = "/admin/api/users/mallory/credits";
    var numbers =
        Stream.of(
                "-1",
                "0",
                "9007199254740993",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775809",
                "1e309",
                "-1e-309",
                "1.5",
                "NaN",
                "0x10",
                "01",
                "\"20000000\"",
                "true",
                "null",
                "{}",
                "9".repeat(10_000))
            .map(number -> arguments(credits, credit(number, "a reason")));
    var texts =
        Stream.of("a\\u0000b", "a\\r\\nb", "a\\nb", "\\ud83d", "\\u2028", "", "x".repeat(301))
            .map(text -> arguments(credits, credit("5", text)));
    var console =
        Stream.of(
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                deep,
                "{\"planId\":" + deep,
                "{\"planId\":5}",
                "{\"planId\":[\"a\"]}",
                "{\"planId\":null}",
                "{\"planId\":\"a\",\"planId\":\"b\"}",
                "{\"planId\":\"a\",\"more\":1}",
                "{\"planId\":\"a\"} {}",
                "{\"planId\":\"\u0000\"}",
                "planId=a")
            .map(body -> arguments(CONSOLE, body));
    var inference =
        Stream.of(
                "",
                "{",
                "[]",
                "null",
                "{}",
                deep,
                "{\"model\":" + deep,
                "{\"messages\":" + deep,
                "{\"model\":5}",
                "{\"model\":\"a\",\"model\":\"b\"}",
                "{\"model\":\"" + Calls.MODEL + "\"} {}",
                "{\"model\":\"" + Calls.MODEL + "\",\"user\":\"a\",\"user\":\"b\"}",
                "{\"model\":\"\u0000\"}",
                "model=a")
            .flatMap(
                body -> Stream.of(arguments(INFERENCE, body), arguments("/v1/messages", body)));
    return Stream.of(numbers, texts, console, inference).flatMap(each -> each);
  }

  @ParameterizedTest
  @ValueSource(strings = {CONSOLE, INFERENCE})
  @DisplayName("that is no UTF-8 is told so")
  void refusesOtherEncodings(String path) {
    var field = path.equals(CONSOLE) ? "planId" : "model";
    for (var garbage : List.of("\u00ff", "\u00f8", "\u00e4")) {
      var body = "{\"" + field + "\":\"" + garbage + "\"}";

      requireRefusal(post(path, body.getBytes(ISO_8859_1), ""), 400, "invalid_request");
    }
  }

  @ParameterizedTest
  @CsvSource({CONSOLE + ", false", CONSOLE + ", true", INFERENCE + ", false", INFERENCE + ", true"})
  @DisplayName("of 11 MiB is told that it is too large, whether it tells its length or not")
  void refusesLargeBodies(String path, boolean chunked) {
    var body = "{\"planId\":\"" + "a".repeat(11 << 20) + "\"}";
    var request =
        chunked
            ? Wire.head("POST", path, user + "content-type: application/json\r\n")
                + "transfer-encoding: chunked\r\nconnection: close\r\n\r\n"
                + Integer.toHexString(body.length())
                + "\r\n"
                + body
                + "\r\n0\r\n\r\n"
            : Wire.request("POST", path, user + "content-type: application/json\r\n", body);

    requireRefusal(wire.send(request), 413, "payload_too_large");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "none, '', 400, idempotency_key_required",
    "blank, ' ', 400, idempotency_key_required",
    "with a blank, a b, 400, invalid_request",
    "not ASCII, \u00e4, 400, invalid_request"
  })
  @DisplayName("P7 without a proper idempotency key does nothing")
  void refusesKeys(String what, String key, int status, String code) {
    var header = key.isEmpty() ? "" : "idempotency-key: " + key + "\r\n";
    var buy = "{\"planId\":\"" + Calls.PLAN + "\"}";

    requireRefusal(post("/api/subscriptions", buy.getBytes(UTF_8), header), status, code);
  }

  @ParameterizedTest
  @CsvSource({
    "201, 400, invalid_request",
    "7000, 400, invalid_request",
    "100000, 413, payload_too_large"
  })
  @DisplayName("P7 with an idempotency key that is too long does nothing")
  void refusesLongKeys(int length, int status, String code) {
    var header = "idempotency-key: " + "k".repeat(length) + "\r\n";
    var buy = "{\"planId\":\"" + Calls.PLAN + "\"}";

    requireRefusal(post("/api/subscriptions", buy.getBytes(UTF_8), header), status, code);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/subscriptions/00000000-0000-0000-0000-000000000000, 404, not_found",
    "GET, /api/subscriptions/%00, 404, not_found",
    "GET, /api/subscriptions/1%27%20or%201=1, 404, not_found",
    "POST, /api/subscriptions/no-id/cancel, 404, not_found",
    "DELETE, /api/byok/%3Cscript%3E, 404, not_found",
    "GET, /api/credits/entries?limit=0, 400, invalid_request",
    "GET, /api/credits/entries?limit=-1, 400, invalid_request",
    "GET, /api/credits/entries?limit=2147483648, 400, invalid_request",
    "GET, /api/credits/entries?limit=1e2, 400, invalid_request",
    "GET, /api/credits/entries?limit=%00, 400, invalid_request",
    "GET, /api/credits/entries?cursor=x, 400, invalid_request",
    "GET, /api/credits/entries?cursor=%00, 400, invalid_request",
    "GET, /api/credits/entries?cursor=AAAAAAAAAAAA, 400, invalid_request",
    "GET, /api/credits/entries?cursor=%27%20or%201=1, 400, invalid_request"
  })
  @DisplayName("for what is not the caller's, or with a tampered cursor, gets nothing")
  void refusesForeignIds(String method, String target, int status, String code) {
    requireRefusal(wire.send(Wire.request(method, target, user, "")), status, code);
  }

  @Test
  @DisplayName("for another user's subscription, or for a plan that there is not, gets nothing")
  void refusesForeignSubscriptions() {
    calls.stock(Calls.PLAN, List.of("a.key.of.victims"));
    calls.fund("victim");
    var id = Calls.json(calls.buy("victim")).get("id").asText();

    requireRefusal(
        wire.send(Wire.request("GET", "/api/subscriptions/" + id, user, "")), 404, "not_found");
    requireRefusal(post(CONSOLE, "{\"planId\":\"a'--\"}".getBytes(UTF_8), ""), 404, "unknown_plan");
    requireRefusal(
        post(
            "/api/subscriptions", "{\"planId\":\"<b>\"}".getBytes(UTF_8), "idempotency-key: k\r\n"),
        404,
        "unknown_plan");
  }

  @Test
  @DisplayName("P7 with a key that meant something else is refused")
  void refusesReusedKeys() {
    var credits = "/admin/api/users/reuser/credits";
    assertThat(calls.post(calls.admin(), credits, "r", credit("5", "a")).statusCode())
        .isEqualTo(201);
    var again = calls.post(calls.admin(), credits, "r", credit("6", "a"));
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.body()).contains("\"code\":\"idempotency_key_reused\"");
  }

  @Test
  @DisplayName("with markup and quotes for a text is kept as it is, and comes back as JSON only")
  void keepsTexts() {
    var text =
        "<script>alert(1)</script> '; drop table x; -- ${jndi:ldap://x} {{7*7}} \u202e\ud83d\ude00";
    var given =
        calls.post(
            calls.admin(),
            "/admin/api/users/texts/credits",
            UUID.randomUUID().toString(),
            credit("5", text.replace("\"", "\\\"")));
    assertThat(given.statusCode()).as(given.body()).isEqualTo(201);

    var entries = calls.get(calls.user("texts"), "/api/credits/entries");
    assertThat(Calls.json(entries).at("/items/0/description").asText()).isEqualTo(text);
    assertThat(entries.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
  }

  private static Answer post(String path, byte[] body, String headers) {
    var caller =
        path.startsWith("/admin/")
            ? "authorization: Bearer " + calls.admin() + "\r\nidempotency-key: k\r\n"
            : user;
    return wire.send(
        Wire.request(
            "POST",
            path,
            caller + headers + "content-type: application/json\r\n",
            new String(body, ISO_8859_1)));
  }

  private static String credit(String amount, String reason) {
    return "{\"amountMicrodollars\":%s,\"kind\":\"granted_credit\",\"reason\":\"%s\"}"
        .formatted(amount, reason);
  }

  /** One answer of the contract's, which says enough and not too much. */
  private static void requireRefusal(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text().split("HTTP/1\\.[01] \\d{3}", -1)).as(answer.text()).hasSize(2);
    assertThat(answer.text())
        .containsIgnoringCase("\r\nx-correlation-id: ")
        .containsPattern("\"(detail|message)\":\"[A-Z'a-z][^\"]{10,}\"")
        .contains("\"" + code)
        .doesNotContainPattern("(?i)exception|micronaut|jackson|netty|dev\\.codingplans|postgres")
        .doesNotContainPattern("(?i)\\bselect \\b|coding_plans\\.|\\.java|\\bat [a-z]+\\.[a-z]+");
  }
}
