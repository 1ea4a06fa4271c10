package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.Caller;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A gateway without a plugin")
class PlainGatewayTest {

  @TempDir private static Path folder;
  private static SampleGateway gateway;
  private static Client client;

  @BeforeAll
  static void start() {
    gateway = Given.gateway(false, Given.settings(folder));
    client = new Client(gateway.address());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  @DisplayName("is healthy, and shows details to admins only")
  void isHealthy() {
    var admin = Given.token("root", Caller.Role.ADMIN, Map.of());
    var user = Given.token("ann", Caller.Role.USER, Map.of());

    assertThat(client.get("/health").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(client.get("/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(client.get("/health", "authorization", "Bearer " + user).body())
        .isEqualTo("{\"status\":\"UP\"}");
    assertThat(client.get("/health", "authorization", "Bearer " + admin).body())
        .contains("\"details\"");
  }

  @Test
  @DisplayName("answers what it does not have with a problem that leads to the logs")
  void answersWithProblems() {
    var answer = client.get("/nothing", "x-correlation-id", "abc-1");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.headers().allValues("x-correlation-id")).containsExactly("abc-1");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                + "\"detail\":\"There is nothing here.\",\"code\":\"not_found\","
                + "\"correlationId\":\"abc-1\"}");
  }

  @Test
  @DisplayName("replaces a correlation id that could harm the logs")
  void replacesHarmfulCorrelationId() {
    var answer = client.get("/nothing", "x-correlation-id", "a b\" <script>");

    assertThat(answer.headers().firstValue("x-correlation-id").orElseThrow())
        .matches("[0-9a-f-]{36}");
  }

  @Test
  @DisplayName("answers a wrong method with 405, and knows no log-in")
  void answersWrongMethods() {
    var wrong = client.send("DELETE", "/openapi.yml", "");
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.body()).contains("\"code\":\"method_not_allowed\"");

    var logIn =
        client.send(
            "POST",
            "/login",
            "{\"username\":\"admin\",\"password\":\"admin\"}",
            "content-type",
            "application/json");
    assertThat(logIn.statusCode()).isEqualTo(404);
    assertThat(logIn.body()).contains("\"code\":\"not_found\"");
  }

  @Test
  @DisplayName("shows figures, its API, and an API browser that loads nothing from elsewhere")
  void describesItself() {
    assertThat(client.get("/prometheus").body()).contains("jvm_memory_used_bytes");
    assertThat(client.get("/openapi.yml").body()).contains("/login:");
    var browser = client.get("/swagger-ui");
    assertThat(browser.statusCode()).isEqualTo(200);
    assertThat(browser.body()).contains("/openapi.yml").doesNotContain("//unpkg", "https://");
    assertThat(browser.headers().firstValue("content-security-policy"))
        .contains("frame-ancestors 'none'");
    assertThat(client.get("/swagger-ui/res/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
  }
}
