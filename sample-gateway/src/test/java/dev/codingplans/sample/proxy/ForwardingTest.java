package dev.codingplans.sample.proxy;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.net.http.HttpRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {

  private static final String ANSWER = "{\"choices\":[],\"base_resp\":{\"status_code\":0}}";

  private static FakeProvider provider;
  private static FakeHost host;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    provider = new FakeProvider();
    host = FakeHost.withPlugin(provider.address());
    gateway = new Gateway(host);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @BeforeEach
  void reset() {
    provider.forget();
    provider.answers(200, "application/json", ANSWER);
    host.decides(FakeHost.PLAN_KEY);
  }

  @Test
  @DisplayName("E1 a plan's credential goes upstream, and the answer names its payer (E9)")
  void forwardsOnThePlansCredential() throws Exception {
    var answer = gateway.chat();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ANSWER);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValue("x-gateway-payer")).contains("plan");
    assertThat(answer.headers().firstValue("x-gateway-plan")).contains(FakeHost.PLAN.value());
    assertThat(answer.headers().firstValue("x-correlation-id")).isPresent();
    assertThat(answer.headers().firstValueAsLong("x-gateway-overhead-us").orElseThrow())
        .isPositive();
    var request = provider.takeRequest();
    assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
    assertThat(request.header("authorization"))
        .isEqualTo("Bearer " + FakeHost.PLAN_SECRET.reveal());
  }

  @Test
  @DisplayName("E1 a user's own key pays for itself, in Anthropic's format too")
  void forwardsOnTheOwnKey() throws Exception {
    host.decides(new Entitlement.OwnKey(Secret.of("own-key")));

    var answer = gateway.message();

    assertThat(answer.headers().firstValue("x-gateway-payer")).contains("byok");
    assertThat(answer.headers().firstValue("x-gateway-plan")).isEmpty();
    var request = provider.takeRequest();
    assertThat(request.line()).isEqualTo("POST /anthropic/v1/messages HTTP/1.1");
    assertThat(request.header("x-api-key")).isEqualTo("own-key");
    assertThat(request.headers()).doesNotContainKey("authorization");
  }

  @Test
  @DisplayName("E7 nothing about the user or the caller's own headers reaches the provider")
  void leaksNothing() throws Exception {
    var body =
        """
        { "model" : "minimax/MiniMax-M2",
          "user": "ada@example.org", "nested": {"model":"minimax/x","user":"kept"}, "n":1.0 }
        """;

    gateway.send(
        gateway
            .post("/v1/chat/completions", body)
            .header("cookie", "session=ada-session")
            .header("x-forwarded-for", "203.0.113.7")
            .header("forwarded", "for=203.0.113.7")
            .header("x-user-id", "ada@example.org")
            .header("x-correlation-id", "ada-correlation")
            .header("proxy-authorization", "Basic YWRh")
            .header("openai-organization", "org-of-ada")
            .header("te", "trailers")
            .header("openai-beta", "feature=v1")
            .header("user-agent", "agent-of-ada"));

    var request = provider.takeRequest();
    assertThat(request.raw())
        .doesNotContain(FakeHost.TOKEN, "203.0.113.7", "ada@example.org", "org-of-ada", "YWRh")
        .doesNotContainIgnoringCase("-of-ada", "ada-session", "ada-correlation", "trailers");
    assertThat(request.headers().keySet())
        .containsExactlyInAnyOrder(
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "host",
            "openai-beta",
            "user-agent");
    var pseudonym = new Pseudonyms(host.settings()).of(FakeHost.MINIMAX, FakeHost.USER);
    assertThat(request.text())
        .isEqualTo(
            body.replace("\"minimax/MiniMax-M2\"", "\"MiniMax-M2\"")
                .replace("\"ada@example.org\"", "\"" + pseudonym + "\""));
  }

  @Test
  @DisplayName("a caller known by x-api-key alone is served, and that key stays behind")
  void acceptsApiKeys() throws Exception {
    var answer =
        gateway.send(
            HttpRequest.newBuilder(gateway.uri("/v1/messages"))
                .header("x-api-key", FakeHost.TOKEN)
                .header("anthropic-version", "2023-06-01")
                .header("anthropic-beta", "tools")
                .header("content-type", "application/json; charset=utf-8")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"minimax/M\",\"metadata\":{\"user_id\":\"ada\"}}")));

    assertThat(answer.statusCode()).isEqualTo(200);
    var request = provider.takeRequest();
    assertThat(request.raw()).doesNotContain(FakeHost.TOKEN, "\"ada\"");
    assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(request.header("anthropic-beta")).isEqualTo("tools");
  }

  @Test
  @DisplayName("the provider's cookies and account stay behind, its request id and limits pass")
  void filtersAnswerHeaders() throws Exception {
    provider.answers(
        exchange ->
            exchange.answer(
                200,
                "application/json",
                ANSWER,
                "set-cookie: a=b",
                "openai-organization: operator",
                "x-request-id: r1",
                "x-ratelimit-remaining-requests: 7",
                "keep-alive: timeout=5"));

    var headers = gateway.chat().headers();

    assertThat(headers.map()).doesNotContainKeys("set-cookie", "openai-organization", "keep-alive");
    assertThat(headers.firstValue("x-request-id")).contains("r1");
    assertThat(headers.firstValue("x-ratelimit-remaining-requests")).contains("7");
  }

  @ParameterizedTest
  @DisplayName("a model that no provider has is not found")
  @ValueSource(strings = {"MiniMax-M2", "unknown/m", "minimax/", "/m", "MINIMAX/m", ""})
  void findsNoSuchModel(String model) throws Exception {
    var answer =
        gateway.send(gateway.post("/v1/chat/completions", "{\"model\":\"" + model + "\"}"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"code\":\"model_not_found\"");
    assertThat(provider.wasAsked()).isFalse();
  }

  @Test
  @DisplayName("E1 a denied request goes nowhere, and says why in the format of the call")
  void refusesTheDenied() throws Exception {
    host.decides(new Entitlement.Denied(Entitlement.Reason.NO_ENTITLEMENT, "Buy a \"plan\"."));

    var openAi = gateway.chat();
    var anthropic = gateway.message();

    assertThat(openAi.statusCode()).isEqualTo(403);
    assertThat(openAi.body())
        .isEqualTo(
            "{\"error\":{\"message\":\"Buy a"
                + " \\\"plan\\\".\",\"type\":\"no_entitlement\",\"param\":null,\"code\":\"no_entitlement\"}}");
    assertThat(anthropic.statusCode()).isEqualTo(403);
    assertThat(anthropic.body())
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\"no_entitlement\",\"message\":\"Buy a"
                + " \\\"plan\\\".\"}}");
    assertThat(provider.wasAsked()).isFalse();
  }

  @Test
  @DisplayName("a request that cannot be decided answers 503 with Retry-After")
  void answersUnavailable() throws Exception {
    host.decides(query -> failedFuture(new IllegalStateException("the database is down")));

    var answer = gateway.chat();

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(answer.body()).contains("\"code\":\"unavailable\"").doesNotContain("database");
  }

  @Test
  @DisplayName("a provider that the gateway does not reach is unavailable")
  void knowsNoUpstream() throws Exception {
    var answer = gateway.send(gateway.post("/v1/chat/completions", "{\"model\":\"nowhere/n1\"}"));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"code\":\"upstream_unavailable\"");
  }

  @ParameterizedTest(name = "{0} {1} {3} -> {4} {5}")
  @DisplayName("what is no call of inference is refused in the right format")
  @CsvSource(
      value = {
        "POST, /v1/chat/completions, text/plain, {}, 415, unsupported_media_type",
        "POST, /v1/chat/completions, application/json, {, 400, invalid_request",
        "POST, /v1/chat/completions, application/json, '', 400, invalid_request",
        "GET, /v1/chat/completions, application/json, '', 405, method_not_allowed",
        "PUT, /v1/messages, application/json, {}, 405, method_not_allowed",
        "POST, /v1/models, application/json, {}, 405, method_not_allowed",
        "POST, /v1/embeddings, application/json, {}, 404, not_found",
        "GET, /v1/models/x, application/json, '', 404, not_found",
      })
  void refuses(String method, String path, String type, String body, int status, String code)
      throws Exception {
    var answer =
        gateway.send(
            gateway
                .request(path)
                .header("content-type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).isEqualTo(status);
    var field = path.equals("/v1/messages") ? "type" : "code";
    assertThat(answer.body()).contains("\"" + field + "\":\"" + code + "\"");
    assertThat(answer.headers().firstValue("x-correlation-id")).isPresent();
  }

  @Test
  @DisplayName("nobody is served without a credential")
  void refusesStrangers() throws Exception {
    for (var path : new String[] {"/v1/chat/completions", "/v1/messages"}) {
      var answer =
          gateway.send(
              HttpRequest.newBuilder(gateway.uri(path))
                  .header("authorization", "Bearer wrong")
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"minimax/M\"}")));
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("\"type\":\"unauthenticated\"");
    }
    assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/models"))).statusCode())
        .isEqualTo(401);
    assertThat(provider.wasAsked()).isFalse();
  }

  @ParameterizedTest
  @DisplayName("a caller who is no user is served nothing")
  @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/v1/models"})
  void refusesWhoIsNoUser(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(gateway.uri(path))
            .header("x-api-key", FakeHost.TOKEN_WITHOUT_ROLES)
            .header("content-type", "application/json");
    var answer =
        gateway.send(
            path.equals("/v1/models")
                ? request
                : request.POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"minimax/M\"}")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"type\":\"forbidden\"");
    assertThat(provider.wasAsked()).isFalse();
  }

  @ParameterizedTest
  @DisplayName("E7 a field that names the user in one format does so in the other")
  @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
  void leaksNoFieldOfOtherFormats(String path) throws Exception {
    var names =
        "\"user\":\"ada\",\"safety_identifier\":\"ada\",\"prompt_cache_key\":\"ada\","
            + "\"metadata\":{\"user_id\":\"ada\"}";

    gateway.send(gateway.post(path, "{\"model\":\"minimax/M\"," + names + "}"));

    var pseudonym = new Pseudonyms(host.settings()).of(FakeHost.MINIMAX, FakeHost.USER);
    assertThat(provider.takeRequest().text())
        .isEqualTo("{\"model\":\"M\"," + names.replace("\"ada\"", "\"" + pseudonym + "\"") + "}");
  }

  @Test
  @DisplayName("a body that is not what its encoding says is the client's fault")
  void refusesGarbledBodies() throws Exception {
    var answer =
        gateway.send(
            gateway
                .post("/v1/chat/completions", "{\"model\":\"minimax/M\"}")
                .header("content-encoding", "gzip"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"invalid_request\"");
  }

  @ParameterizedTest
  @DisplayName("an answer in an encoding that nobody asked for is not passed on unlabelled")
  @ValueSource(strings = {"application/json", "text/event-stream"})
  void refusesEncodedAnswers(String type) throws Exception {
    provider.answers(exchange -> exchange.answer(200, type, "abcd", "content-encoding: br"));

    var answer = gateway.chat();

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"code\":\"upstream_unavailable\"");
  }

  @Test
  @DisplayName("a body of exactly 10 MiB passes, a larger one is refused, of known length or not")
  void limitsBodies() throws Exception {
    var limit = host.settings().limits().bodyBytes();
    var fits = bodyOf(limit);
    var tooLarge = bodyOf(limit + 1);

    assertThat(gateway.send(gateway.post("/v1/chat/completions", fits)).statusCode())
        .isEqualTo(200);
    assertThat(provider.takeRequest().body()).hasSize(limit - "minimax/".length());
    for (var publisher :
        Stream.of(
                HttpRequest.BodyPublishers.ofString(tooLarge),
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofString(tooLarge)))
            .toList()) {
      var answer =
          gateway.send(
              gateway
                  .request("/v1/messages")
                  .header("content-type", "application/json")
                  .POST(publisher));
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("\"type\":\"payload_too_large\"");
    }
    assertThat(provider.wasAsked()).isFalse();
  }

  private static String bodyOf(int bytes) {
    var start = "{\"model\":\"minimax/M\",\"a\":\"";
    return start + "x".repeat(bytes - start.length() - 2) + "\"}";
  }

  @Test
  @DisplayName("the models that a caller can use now are listed for OpenAI's clients")
  void listsUsableModels() throws Exception {
    host.decides(
        query ->
            completedFuture(
                query.model().equals("MiniMax-M2")
                    ? FakeHost.PLAN_KEY
                    : new Entitlement.Denied(Entitlement.Reason.NO_ENTITLEMENT, "no")));

    var answer = gateway.send(gateway.request("/v1/models"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"id\":\"minimax/MiniMax-M2\",\"object\":\"model\",\"created\":0,\"owned_by\":\"minimax\"}]}");
  }
}
