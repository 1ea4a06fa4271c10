package dev.codingplans.sample.proxy;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way to inference leaves out nothing that its callers would miss. */
class InferenceFilterTest {

  private static final String JSON = "{\"model\":\"minimax/M\"}";

  private static FakeProvider provider;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    provider = new FakeProvider();
    provider.answers(200, "application/json", "{}");
    // The framework guards gateways that are called by a local name.
    gateway =
        new Gateway(
            FakeHost.withPlugin(provider.address()), Map.of("micronaut.server.host", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @ParameterizedTest
  @DisplayName("a call is served however its path is spelt")
  @ValueSource(
      strings = {"/v1/chat/completions", "/v1/chat/completions/", "/v1/chat/completions?a=b"})
  void servesAllSpellings(String path) throws Exception {
    var answer = gateway.send(gateway.post(path, JSON));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-correlation-id")).isPresent();
    assertThat(answer.headers().firstValue("x-gateway-payer")).contains("plan");
    assertThat(answer.headers().firstValue("date").map(RFC_1123_DATE_TIME::parse)).isPresent();
  }

  @ParameterizedTest(name = "{0} {1}")
  @DisplayName("other methods and paths are refused as everywhere")
  @CsvSource({
    "GET, /v1/chat/completions, 405, method_not_allowed",
    "DELETE, /v1/messages, 405, method_not_allowed",
    "POST, /v1/models, 405, method_not_allowed",
    "POST, /v1/chat, 404, not_found"
  })
  void refusesOtherCalls(String method, String path, int status, String code) throws Exception {
    var answer = gateway.send(gateway.post(path, JSON).method(method, noBody()));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
    assertThat(answer.headers().firstValue("x-correlation-id")).isPresent();
  }

  @Test
  @DisplayName("pages from elsewhere may not call a gateway on this machine")
  void refusesForeignOrigins() throws Exception {
    var answer =
        gateway.send(
            gateway.post("/v1/chat/completions", JSON).header("origin", "https://evil.example"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"forbidden\"");
  }

  @Test
  @DisplayName("the server's figure of requests holds calls of inference")
  void countsRequests() throws Exception {
    gateway.message();

    assertThat(gateway.send(gateway.request("/prometheus")).body())
        .contains(
            "http_server_requests_seconds_count{exception=\"none\",method=\"POST\",status=\"200\",uri=\"/v1/messages\"}");
  }

  private static BodyPublisher noBody() {
    return BodyPublishers.noBody();
  }
}
