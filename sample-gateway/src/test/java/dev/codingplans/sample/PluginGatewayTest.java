package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.codingplans.gateway.spi.identity.Caller;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A gateway with a plugin")
class PluginGatewayTest {

  private static final String AUTHORIZATION = "authorization";
  private static final String ANN = "{\"sub\":\"ann\"";

  @TempDir private static Path folder;
  private static SampleGateway gateway;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    StubPluginJar.writeTo(folder);
    gateway = Given.gateway(false, Given.settings(folder));
    client = new Client(gateway.address());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  @DisplayName("passes method, path, query, headers and body on unchanged, and the answer back")
  void passesOn() {
    var answer =
        client.send(
            "PATCH",
            "/api/echo/a%2Fb%20c?q=1%262&q=%C3%A4",
            "hello",
            "x-test",
            "one",
            "x-test",
            "two",
            "x-correlation-id",
            "abc-2");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .contains("\"method\":\"PATCH\"")
        .contains("\"uri\":\"/api/echo/a%2Fb%20c?q=1%262&q=%C3%A4\"")
        .contains("\"host\":\"" + gateway.address().getAuthority() + "\"")
        .contains("one", "two")
        .contains("\"correlation\":\"abc-2\"")
        .contains("\"body\":\"hello\"");
    assertThat(answer.headers().firstValue("x-stub")).contains("yes");
    assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.headers().allValues("x-correlation-id")).containsExactly("abc-2");
  }

  @Test
  @DisplayName("passes failures and redirects back as the plugin wrote them")
  void passesFailuresBack() {
    var failure = client.get("/api/teapot");
    assertThat(failure.statusCode()).isEqualTo(418);
    assertThat(failure.body()).isEqualTo("{\"code\":\"short_and_stout\"}");

    var redirect = client.get("/subscriptions");
    assertThat(redirect.statusCode()).isEqualTo(303);
    assertThat(redirect.headers().firstValue("location"))
        .contains("/subscriptions?event=plan_purchased");
  }

  @Test
  @DisplayName("streams an answer while the plugin still writes it")
  void streams() throws IOException {
    var answer =
        client.send("GET", "/api/stream", BodyPublishers.noBody(), BodyHandlers.ofInputStream());

    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("data: one");
      client.get("/api/release");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("data: two");
    }
  }

  @Test
  @DisplayName("passes large bodies on, up to its limit")
  void limitsBodies() throws IOException {
    var large = client.send("POST", "/api/echo", "x".repeat(9 << 20));
    assertThat(large.statusCode()).isEqualTo(201);
    assertThat(large.body()).contains("\"length\":" + (9 << 20));

    assertThat(upload(11 << 20))
        .startsWith("HTTP/1.1 413 ")
        .contains("\"code\":\"payload_too_large\"");
  }

  @Test
  @DisplayName("keeps its own routes, and mounts no prefix that only looks the same")
  void keepsItsOwnRoutes() {
    assertThat(client.get("/health").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(client.get("/apis").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("tells the plugin who sends a request")
  void authenticates() {
    var token = Given.token("ann", Caller.Role.USER, Map.of("kyc", "passed"));

    assertThat(whoami("Bearer " + token)).isEqualTo("ann [USER] passed");
    assertThat(whoami("bearer " + token)).isEqualTo("ann [USER] passed");
    assertThat(client.get("/api/whoami").body()).isEqualTo("nobody");
  }

  @Test
  @DisplayName("knows nobody by a token that is unsigned, expired, foreign or altered")
  void refusesBadTokens() {
    var soon = new Date(4_102_444_800_000L);
    var unsigned =
        new PlainJWT(new JWTClaimsSet.Builder().subject("ann").expirationTime(soon).build());
    var foreign =
        Given.token(
            "0f".repeat(4) + "another-secret-of-32-bytes",
            "ann",
            Caller.Role.ADMIN,
            Map.of(),
            Duration.ofHours(1));
    var expired =
        Given.token(Given.JWT_SECRET, "ann", Caller.Role.ADMIN, Map.of(), Duration.ofSeconds(-5));
    var good = Given.token("ann", Caller.Role.USER, Map.of());
    var altered = good.split("\\.");
    altered[1] =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"sub\":\"root\",\"roles\":[\"ROLE_ADMIN\"],\"exp\":4102444800}"
                    .getBytes(StandardCharsets.UTF_8));

    assertThat(whoami("Bearer " + unsigned.serialize())).isEqualTo("nobody");
    assertThat(whoami("Bearer " + foreign)).isEqualTo("nobody");
    assertThat(whoami("Bearer " + expired)).isEqualTo("nobody");
    assertThat(whoami("Bearer " + String.join(".", altered))).isEqualTo("nobody");
    assertThat(whoami("Bearer nonsense")).isEqualTo("nobody");
    assertThat(whoami("Basic " + good)).isEqualTo("nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"exp\":\"4102444800\"", ",\"exp\":1e300", ",\"exp\":true"})
  @DisplayName("knows nobody by a token that is endless, or whose end is no time")
  void refusesTokensWithoutEnd(String end) throws JOSEException {
    assertThat(whoami("Bearer " + sign(JWSAlgorithm.HS256, ANN + end + "}"))).isEqualTo("nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  @DisplayName(
      "knows by any HMAC of its secret who sends a request, with no role if none is claimed")
  void acceptsTokensWithoutRoles(String algorithm) throws JOSEException {
    var token = sign(JWSAlgorithm.parse(algorithm), ANN + ",\"exp\":4102444800}");

    assertThat(whoami("Bearer " + token)).isEqualTo("ann [] null");
  }

  @Test
  @DisplayName("passes pages on as they are: compressed, with validator and cookies")
  void passesPagesOn() throws IOException {
    var page =
        client.send(
            "GET",
            "/api/page",
            BodyPublishers.noBody(),
            BodyHandlers.ofByteArray(),
            "cookie",
            "c=1",
            "accept-encoding",
            "gzip");

    try (var body = new GZIPInputStream(new ByteArrayInputStream(page.body()))) {
      assertThat(body.readAllBytes()).asString().isEqualTo("<p>hello</p>");
    }
    assertThat(page.headers().map())
        .containsEntry("content-type", List.of("text/html; charset=utf-8"))
        .containsEntry("content-encoding", List.of("gzip"))
        .containsEntry("vary", List.of("accept-encoding"))
        .containsEntry("set-cookie", List.of("a=c=1"));

    var known = client.get("/api/page", "if-none-match", "\"v1\"");
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.headers().firstValue("etag")).contains("\"v1\"");
    assertThat(known.body()).isEmpty();
  }

  @Test
  @DisplayName("tells the plugin by which scheme a client came, and where browsers sign in")
  void tellsScheme() {
    assertThat(client.get("/api/scheme").body()).isEqualTo("[http]");
    assertThat(client.get("/api/scheme", "x-forwarded-proto", "https, http").body())
        .isEqualTo("[https]");
    assertThat(client.get("/api/scheme", "x-forwarded-proto", "javascript").body())
        .isEqualTo("[http]");
    assertThat(client.get("/api/sign-in").body()).isEqualTo("/login?returnTo=%2Fusage%3Fa%3Db");
  }

  @Test
  @DisplayName("lets the plugin make, list and revoke API keys that open inference")
  void lendsApiKeys() {
    var made = keys("POST", "laptop").split(" ", 3);
    var secret = made[1];
    assertThat(made[2]).contains("laptop", "secret=***").doesNotContain(secret);
    assertThat(keys("GET", "")).isEqualTo(made[0] + " laptop " + secret.substring(0, 8));
    assertThat(client.get("/v1/models", "x-api-key", secret).statusCode()).isEqualTo(200);

    assertThat(keys("DELETE", "none")).isEqualTo("false");
    assertThat(keys("DELETE", made[0])).isEqualTo("true");
    assertThat(client.get("/v1/models", "x-api-key", secret).statusCode()).isEqualTo(401);
    assertThat(keys("GET", "")).isEmpty();
  }

  @Test
  @DisplayName("tells the plugin why an API key is not made")
  void refusesApiKeys() {
    assertThat(keys("POST", "x".repeat(101))).startsWith("INVALID_NAME The name is not taken: ");
    assertThat(keys("POST", "a\u202Eb")).startsWith("INVALID_NAME ");
    for (int key = 0; key < 100; key++) {
      keys("POST", "");
    }
    assertThat(keys("POST", "")).startsWith("TOO_MANY_KEYS You have 100 API keys");
    keys("GET", "").lines().forEach(key -> keys("DELETE", key.split(" ", 2)[0]));
  }

  @Test
  @DisplayName("merges the plugin's API into its own, and shows its figures")
  void mergesDescriptions() {
    assertThat(client.get("/openapi.yml").body()).contains("/login:", "/api/echo:", "Echo:");
    assertThat(client.get("/prometheus").body()).contains("stub_starts_total{kind=\"test\"} 1.0");
  }

  @Test
  @DisplayName("answers 503 while the plugin's console is gone")
  void survivesConsole() {
    try (var lonely = Given.gateway(false, Given.settings(folder))) {
      var caller = new Client(lonely.address());
      caller.get("/api/stop");

      var answer = caller.get("/api/echo");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"unavailable\"");
      assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }
  }

  /**
   * Sends a body and returns all that comes back. It is read beside the sending, because the
   * gateway may answer and close before the body's end, which a client library takes for a failure.
   */
  private static String upload(int bytes) throws IOException {
    var answer = new ByteArrayOutputStream();
    try (var socket = new Socket(gateway.address().getHost(), gateway.address().getPort())) {
      socket.setSoTimeout(30_000);
      Thread.startVirtualThread(() -> send(socket, bytes));
      socket.getInputStream().transferTo(answer);
    } catch (SocketException e) {
      // Reset after the answer, or before it: then the answer lacks.
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static void send(Socket socket, int bytes) {
    try (var out = socket.getOutputStream()) {
      var head = "POST /api/echo HTTP/1.1\r\nhost: a\r\ncontent-length: " + bytes + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[bytes]);
    } catch (IOException e) {
      // The gateway has heard enough.
    }
  }

  private static String sign(JWSAlgorithm algorithm, String claims) throws JOSEException {
    var token = new JWSObject(new JWSHeader(algorithm), new Payload(claims));
    token.sign(new MACSigner(Given.JWT_SECRET));
    return token.serialize();
  }

  private static String keys(String method, String body) {
    return client.send(method, "/api/host-keys", body).body();
  }

  private static String whoami(String authorization) {
    return client.get("/api/whoami", AUTHORIZATION, authorization).body();
  }
}
