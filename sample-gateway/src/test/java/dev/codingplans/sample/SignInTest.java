package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Signing in with a browser")
class SignInTest {

  private static final String FORM = "application/x-www-form-urlencoded";

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
  @DisplayName("leads back to where one wanted to go, with a cookie that ends with the token")
  void signsIn() {
    var token = token("ann");
    var answer = post("/login", form(token, "/usage?from=1&to=%C3%A4#today"));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/usage?from=1&to=%C3%A4#today");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    var cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("gateway-session=" + token + ";")
        .containsIgnoringCase("; HttpOnly")
        .contains("; SameSite=Strict", "; Path=/")
        .containsPattern("Max-Age=[1-9]\\d{0,2};")
        .doesNotContain("Secure", "Domain");
    assertThat(whoami(cookie(token))).isEqualTo("ann [USER] null");
  }

  @Test
  @DisplayName("over an encrypted connection takes a cookie that goes over no other")
  void signsInSecurely() {
    var token = token("ann");
    var answer = post("/login", form(token, "/"), "x-forwarded-proto", "https");

    assertThat(answer.headers().firstValue("set-cookie").orElseThrow())
        .startsWith("__Host-gateway-session=" + token + ";")
        .containsIgnoringCase("; HttpOnly")
        .contains("; Secure", "; SameSite=Strict", "; Path=/");
    var secure = "__Host-gateway-session=" + token;
    assertThat(whoami(secure)).isEqualTo("nobody");
    assertThat(whoami(secure, "x-forwarded-proto", "https")).isEqualTo("ann [USER] null");
    assertThat(whoami(cookie(token), "x-forwarded-proto", "https")).isEqualTo("nobody");
  }

  @Test
  @DisplayName("with nothing that is good leads back to the form, without a cookie")
  void refusesBadTokens() {
    var expired = Given.token(Given.JWT_SECRET, "ann", Role.USER, Map.of(), Duration.ofSeconds(-5));
    for (var token : List.of("", "nonsense", "a.b.c", expired, token("ann") + "; Path=/x")) {
      var answer = post("/login", form(token, "/byok?a=b"));

      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(location(answer))
          .isEqualTo("/login?error=unauthenticated&returnTo=%2Fbyok%3Fa%3Db");
      assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    }
    var claims = Map.of("much", "x".repeat(4_000));
    var answer = post("/login", form(Given.token("ann", Role.USER, claims), "/"));
    assertThat(location(answer)).isEqualTo("/login?error=token_too_long&returnTo=%2F");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "evil",
        "/\t/a",
        "/%zz",
        "/a\"><script>x</script>",
        ""
      })
  @DisplayName("leads to no other host")
  void staysHere(String returnTo) {
    assertThat(location(post("/login", form(token("ann"), returnTo)))).isEqualTo("/");
    assertThat(client.get("/login?returnTo=" + encoded(returnTo)).body())
        .contains("name=\"returnTo\" value=\"/\"");
  }

  @Test
  @DisplayName("shows a page without scripts, in which what a link says is inert")
  void showsPage() {
    var page = client.get("/login?error=unauthenticated&returnTo=" + encoded("/a?b='x'&c"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("referrer-policy", List.of("same-origin"))
        .containsEntry("cache-control", List.of("no-store"));
    assertThat(page.headers().firstValue("content-type").orElseThrow())
        .matches("text/html; ?charset=utf-8");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body())
        .contains("value=\"/a?b=&#x27;x&#x27;&amp;c\"", "role=\"alert\"")
        .contains("What you entered is wrong")
        .doesNotContain("<script", "style=", "name=\"password\"");
    assertThat(client.get("/login?error=%3Cb%3Ex%3C/b%3E").body())
        .doesNotContain("role=\"alert\"", "<b>x");
    assertThat(client.get("/login/style.css").headers().firstValue("content-type").orElseThrow())
        .startsWith("text/css");
  }

  @Test
  @DisplayName("and out is for pages of this gateway only, and so is whatever changes something")
  void refusesOtherSites() {
    var cookie = cookie(token("ann"));
    var maker = cookie(token("maker")); // other tests count the keys of ann
    var other =
        List.of(
            List.of("sec-fetch-site", "cross-site"),
            List.of("sec-fetch-site", "same-site"),
            List.of("origin", "http://127.0.0.1:1"));
    for (var from : other) {
      var headers = from.toArray(String[]::new);
      assertThat(post("/login", form(token("ann"), "/"), headers).statusCode()).isEqualTo(403);
      assertThat(post("/logout", "", headers).statusCode()).isEqualTo(403);
      assertThat(who("POST", cookie, headers)).isEqualTo("nobody");
      assertThat(makeKey(maker, headers)).isEqualTo(401);
      assertThat(who("GET", cookie, headers)).isEqualTo("ann [USER] null");
    }
    var own = new String[] {"sec-fetch-site", "same-origin", "origin", origin()};
    assertThat(post("/login", form(token("ann"), "/"), own).statusCode()).isEqualTo(303);
    assertThat(who("POST", cookie, own)).isEqualTo("ann [USER] null");
    assertThat(who("POST", cookie)).isEqualTo("ann [USER] null");
    assertThat(makeKey(maker, own)).isEqualTo(201);
  }

  @Test
  @DisplayName("opens no inference, and counts where there is no bearer token only")
  void bearerGoesFirst() {
    var cookie = cookie(token("ann"));

    assertThat(client.get("/v1/models", "cookie", cookie).statusCode()).isEqualTo(401);
    assertThat(whoami(cookie, "authorization", "Bearer " + token("bob")))
        .isEqualTo("bob [USER] null");
    assertThat(whoami(cookie, "authorization", "Bearer none")).isEqualTo("nobody");
    assertThat(whoami("gateway-session=none")).isEqualTo("nobody");
    assertThat(client.get("/api/keys", "cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(
            client.get("/api/keys", "cookie", cookie, "authorization", "Bearer none").statusCode())
        .isEqualTo(401);
  }

  @Test
  @DisplayName("ends with a cookie that is empty")
  void signsOut() {
    var answer = post("/logout", "");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/login");
    assertThat(answer.headers().firstValue("set-cookie").orElseThrow())
        .startsWith("gateway-session=;")
        .contains("Max-Age=0", "Path=/");
  }

  @Test
  @DisplayName("is nothing for programs outside the demo")
  void hasNoLogInForPrograms() {
    var answer = client.send("POST", "/login", "{}", "content-type", "application/json");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"code\":\"not_found\"");
  }

  private static String token(String user) {
    return Given.token(user, Role.USER, Map.of());
  }

  private static String cookie(String token) {
    return "other=1; gateway-session=" + token;
  }

  private static String form(String token, String returnTo) {
    return "token=" + encoded(token) + "&returnTo=" + encoded(returnTo);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String origin() {
    return "http://" + gateway.address().getAuthority();
  }

  private static HttpResponse<String> post(String path, String form, String... headers) {
    return client.send("POST", path, form, with(headers, "content-type", FORM));
  }

  private static int makeKey(String cookie, String... headers) {
    return client
        .send(
            "POST",
            "/api/keys",
            "{}",
            with(with(headers, "cookie", cookie), "content-type", "application/json"))
        .statusCode();
  }

  private static String whoami(String cookie, String... headers) {
    return who("GET", cookie, headers);
  }

  private static String who(String method, String cookie, String... headers) {
    return client.send(method, "/api/whoami", "", with(headers, "cookie", cookie)).body();
  }

  private static String[] with(String[] headers, String name, String value) {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of(name, value));
    return all.toArray(String[]::new);
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("location").orElseThrow();
  }
}
