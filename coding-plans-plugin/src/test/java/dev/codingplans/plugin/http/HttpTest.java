package dev.codingplans.plugin.http;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.RawHttp;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("HTTP")
class HttpTest {

  private static final String CREDITS = "/admin/api/users/somebody/credits";
  private static final int MEBIBYTE = 1 << 20;

  private static TestPlugin plugin;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/plans, '', 401, unauthenticated",
    "GET, /api/plans, nonsense, 401, unauthenticated",
    "GET, /nowhere, '', 401, unauthenticated",
    "GET, /admin/api/inventory, '', 401, unauthenticated",
    "GET, /admin/api/inventory, user:u, 403, forbidden",
    "POST, /admin/api/test-clock, user:u, 403, forbidden",
    "GET, /admin/api/nowhere, user:u, 403, forbidden",
    "GET, /api/plans, admin:root, 403, forbidden",
    "GET, /nowhere, user:u, 404, not_found",
    "GET, /admin/api/nowhere, admin:root, 404, not_found",
    "GET, /api/subscriptions/no-id, user:u, 404, not_found",
    "GET, /api/subscriptions/00000000-0000-0000-0000-000000000000, user:u, 404, not_found",
    "DELETE, /api/plans, user:u, 405, method_not_allowed",
    "GET, /admin/api/users/u/credits, admin:root, 405, method_not_allowed",
    "POST, /api/subscriptions, user:u, 400, invalid_request",
    "PUT, /api/byok/minimax, user:u, 400, invalid_request",
    "GET, /api/credits/entries?limit=0, user:u, 400, invalid_request",
    "GET, /api/credits/entries?limit=101, user:u, 400, invalid_request",
    "GET, /api/credits/entries?limit=x, user:u, 400, invalid_request",
    "GET, /api/credits/entries?cursor=x, user:u, 400, invalid_request"
  })
  @DisplayName("an error is a problem with its status and code")
  void errors(String method, String path, String caller, int status, String code) {
    requireProblem(plugin.call(method, path, caller, ""), status, code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%61dmin/api/inventory",
        "//admin/api/inventory",
        "/api/../admin/api/inventory",
        "/admin%2Fapi/inventory",
        "/ADMIN/api/inventory",
        "http://localhost/admin/api/inventory",
        "/admin;x/api/inventory",
        "/./admin/api/inventory"
      })
  @DisplayName("no spelling of an admin path lets a user in")
  void spellingsOfAdminPaths(String path) {
    var answer =
        RawHttp.send(
            plugin.address(), "GET " + path + " HTTP/1.1\nx-test-caller: user:u", new byte[0]);

    assertThat(answer).matches("(?s)HTTP/1.1 (401|403|404) .*");
  }

  @Test
  @DisplayName("a wrong method is told which are right")
  void allowedMethods() {
    assertThat(plugin.call("DELETE", "/api/plans", "user:u", "").header("allow")).contains("GET");
  }

  static Stream<Arguments> refusedBodies() {
    return Stream.of(
        arguments("{", "body"),
        arguments("{\"amountMicrodollars\": 5", "body"),
        arguments("[]", "body"),
        arguments("null", "body"),
        arguments("5", "body"),
        arguments("true", "body"),
        arguments("\"text\"", "body"),
        arguments(credit("5", "granted_credit", "r") + " {}", "body"),
        arguments("[" + credit("5", "granted_credit", "r") + "]", "body"),
        arguments("[".repeat(5_000), "body"),
        arguments("{\"reason\": \"a\", \"reason\": \"b\"}", "body"),
        arguments(credit("9".repeat(5_000), "granted_credit", "r"), "body"),
        arguments(credit("NaN", "granted_credit", "r"), "body"),
        arguments(credit("\"5\"", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("1.5", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("1e309", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("9223372036854775808", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("-9223372036854775808", "adjustment", "r"), "amountMicrodollars"),
        arguments(credit("0", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("-5", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("null", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("true", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("[5]", "granted_credit", "r"), "amountMicrodollars"),
        arguments(credit("5", "refund", "r"), "kind"),
        arguments(credit("5", "GRANTED_CREDIT", "r"), "kind"),
        arguments(credit("5", "", "r"), "kind"),
        arguments("{\"amountMicrodollars\": 5, \"kind\": 1, \"reason\": \"r\"}", "kind"),
        arguments("{\"amountMicrodollars\": 5, \"kind\": \"adjustment\", \"reason\": 5}", "reason"),
        arguments(
            "{\"amountMicrodollars\": 5, \"kind\": \"adjustment\", \"reason\": [\"r\"]}", "reason"),
        arguments("{\"amountMicrodollars\": 5, \"kind\": \"adjustment\"}", "reason"),
        arguments("{\"kind\": \"adjustment\", \"reason\": \"r\"}", "amountMicrodollars"),
        arguments(
            "{\"amountMicrodollars\": 5, \"kind\": \"adjustment\", \"reason\": \"r\", \"x\": 1}",
            "x"),
        arguments(credit("5", "granted_credit", ""), "reason"),
        arguments(credit("5", "granted_credit", "a\\u0000b"), "reason"),
        arguments(credit("5", "granted_credit", "a\\r\\nb"), "reason"),
        arguments(credit("5", "granted_credit", "a\\u2028b"), "reason"),
        arguments(credit("5", "granted_credit", "half a pair \\ud83d"), "reason"),
        arguments(credit("5", "granted_credit", "r".repeat(301)), "reason"));
  }

  @ParameterizedTest
  @MethodSource("refusedBodies")
  @DisplayName("a body that is not what is wanted is refused, and the field at fault is named")
  void namesTheFieldAtFault(String body, String field) {
    var refused = grant(body);

    requireProblem(refused, 400, "invalid_request");
    assertThat(refused.json().at("/violations/0/field").asText()).isEqualTo(field);
    assertThat(refused.json().at("/violations/0/message").asText()).isNotBlank();
  }

  @Test
  @DisplayName("all fields at fault are named at once")
  void namesAllFields() {
    var fields = new ArrayList<String>();
    grant("{}").json().get("violations").forEach(each -> fields.add(each.get("field").asText()));

    assertThat(fields).containsExactly("amountMicrodollars", "kind", "reason");
  }

  @Test
  @DisplayName("what is no UTF-8 is refused")
  void noUtf8() {
    var body = credit("5", "granted_credit", "\u00ff\u00fe").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(RawHttp.send(plugin.address(), head("application/json"), body))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
  @DisplayName("a body that says that it is no JSON is 415")
  void wrongMediaType(String type) {
    assertThat(RawHttp.send(plugin.address(), head(type), new byte[] {'{', '}'}))
        .startsWith("HTTP/1.1 415 ")
        .contains("\"code\":\"unsupported_media_type\"");
  }

  @Test
  @DisplayName("a body of more than 10 MiB is 413, whether its length is told or not")
  void tooLarge() {
    var body = "{\"planId\": \"" + "a".repeat(11 * MEBIBYTE) + "\"}";
    requireProblem(
        plugin.call("POST", "/api/subscriptions", "user:u", body, "Idempotency-Key", "k"),
        413,
        "payload_too_large");

    var chunk = "100000\r\n" + "a".repeat(MEBIBYTE) + "\r\n";
    var chunked =
        RawHttp.send(
            plugin.address(),
            head("application/json") + "\ntransfer-encoding: chunked",
            (chunk.repeat(11) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    assertThat(chunked).startsWith("HTTP/1.1 413 ").contains("\"code\":\"payload_too_large\"");
  }

  @Test
  @DisplayName("a body of 10 MiB is read")
  void largestBody() {
    var json = "{\"planId\": \"" + PLUS + "\"}";

    assertThat(
            plugin
                .call(
                    "POST",
                    "/api/subscriptions/preview",
                    "user:u",
                    " ".repeat(10 * MEBIBYTE - json.length()) + json)
                .status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("a head that is too large is a problem with a correlation id, too")
  void headTooLarge() {
    var answer =
        RawHttp.send(
            plugin.address(),
            "GET /api/plans HTTP/1.1\nx-test-caller: user:u\nx-long: " + "a".repeat(20_000),
            new byte[0]);

    assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("x-correlation-id: ");
  }

  @Test
  @DisplayName("every answer has a correlation id: the one given, if it is sane")
  void correlationIds() {
    var given = plugin.call("GET", "/api/plans", "user:u", "", "x-correlation-id", "given-1.A_b");
    var made = plugin.get("/api/plans", "user:u");
    var problem = plugin.call("GET", "/nowhere", "user:u", "", "x-correlation-id", "given-2");
    var insane = plugin.call("GET", "/nowhere", "user:u", "", "x-correlation-id", "<b>'\"");

    assertThat(given.headers().get("x-correlation-id")).containsExactly("given-1.A_b");
    assertThat(UUID.fromString(made.header("x-correlation-id"))).isNotNull();
    assertThat(problem.headers().get("x-correlation-id")).containsExactly("given-2");
    assertThat(problem.json().get("correlationId").asText()).isEqualTo("given-2");
    assertThat(insane.body()).doesNotContain("<b>");
  }

  private static void requireProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    var problem = answer.json();
    assertThat(fields(problem)).contains("type", "title", "status", "detail", "code");
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("detail").asText()).isNotBlank();
    assertThat(answer.headers().get("x-correlation-id"))
        .containsExactly(problem.get("correlationId").asText());
    assertThat(answer.body())
        .doesNotContainPattern("(?i)exception|micronaut|jackson|dev\\.codingplans|postgres")
        .doesNotContainPattern("(?i)\\bselect \\b|coding_plans\\.|\\.java|\\bat [a-z]+\\.[a-z]+");
  }

  private static List<String> fields(JsonNode object) {
    var fields = new ArrayList<String>();
    object.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  private static String head(String contentType) {
    return """
        POST %s HTTP/1.1
        x-test-caller: admin:root
        idempotency-key: %s
        content-type: %s"""
        .formatted(CREDITS, UUID.randomUUID(), contentType);
  }

  private static Answer grant(String body) {
    return plugin.call(
        "POST", CREDITS, "admin:root", body, "Idempotency-Key", UUID.randomUUID().toString());
  }

  private static String credit(String amount, String kind, String reason) {
    return "{\"amountMicrodollars\": %s, \"kind\": \"%s\", \"reason\": \"%s\"}"
        .formatted(amount, kind, reason);
  }
}
