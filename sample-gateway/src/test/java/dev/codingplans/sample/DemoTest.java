package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The demo")
class DemoTest {

  @TempDir private Path folder;

  @Test
  @DisplayName("plants money, an own key and stock through the API, and lets its users log in")
  void opens() throws Exception {
    StubPluginJar.writeTo(folder);
    var settings = Given.settings(folder);
    settings.remove("jwt.secret");
    settings.putAll(
        Map.of("data.dir", folder.toString(), "minimax.base-url", "http://127.0.0.1:9"));

    try (var gateway = Given.gateway(true, settings)) {
      var client = new Client(gateway.address());
      assertThat(client.get("/api/writes").body().lines())
          .containsExactly(
              "POST /admin/api/users/funded/credits demo-credit-funded",
              "POST /admin/api/users/own-key/credits demo-credit-own-key",
              "POST /admin/api/users/low/credits demo-credit-low",
              "PUT /api/byok/minimax null",
              "POST /admin/api/inventory/uploads demo-stock-plus",
              "POST /admin/api/inventory/uploads demo-stock-max",
              "POST /admin/api/inventory/uploads demo-stock-ultra");

      var token = logIn(client, "funded", "funded").body().split("\"")[3];
      assertThat(client.get("/api/whoami", "authorization", "Bearer " + token).body())
          .isEqualTo("funded [USER] passed");
      assertThat(logIn(client, "funded", "wrong").statusCode()).isEqualTo(401);
      assertThat(client.get("/login").body()).contains("<dt>own-key</dt>", "name=\"password\"");
      assertThat(signIn(client, "username=funded&password=wrong").headers().firstValue("location"))
          .contains("/login?error=unauthenticated&returnTo=%2F");
      var signedIn = signIn(client, "username=funded&password=funded&returnTo=/usage");
      assertThat(signedIn.headers().firstValue("location")).contains("/usage");
      var cookie = signedIn.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
      assertThat(client.get("/api/whoami", "cookie", cookie).body())
          .isEqualTo("funded [USER] passed");
      assertThat(logIn(client, "nobody", "nobody").body()).contains("\"code\":\"unauthenticated\"");
    }
  }

  @Test
  @DisplayName("answers log-ins that cannot be read with a problem")
  void refusesUnreadableLogIns() {
    var settings = Given.settings(folder);
    settings.putAll(Map.of("minimax.base-url", "http://127.0.0.1:9"));
    try (var gateway = Given.gateway(true, settings)) {
      var client = new Client(gateway.address());

      var malformed = client.send("POST", "/login", "{", "content-type", "application/json");
      assertThat(malformed.statusCode()).isEqualTo(400);
      assertThat(malformed.body()).contains("\"code\":\"invalid_request\"").doesNotContain("Json");
      var foreign = client.send("POST", "/login", "<a/>", "content-type", "application/xml");
      assertThat(foreign.statusCode()).isEqualTo(415);
      assertThat(foreign.body()).contains("\"code\":\"unsupported_media_type\"");
    }
  }

  private static java.net.http.HttpResponse<String> signIn(Client client, String form) {
    return client.send("POST", "/login", form, "content-type", "application/x-www-form-urlencoded");
  }

  private static java.net.http.HttpResponse<String> logIn(
      Client client, String user, String password) {
    return client.send(
        "POST",
        "/login",
        "{\"username\":\"" + user + "\",\"password\":\"" + password + "\"}",
        "content-type",
        "application/json");
  }
}
