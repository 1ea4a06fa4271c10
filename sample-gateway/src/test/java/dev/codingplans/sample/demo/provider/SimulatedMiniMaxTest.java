package dev.codingplans.sample.demo.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedMiniMaxTest {

  private static SimulatedMiniMax provider;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    provider = SimulatedMiniMax.start();
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    provider.close();
  }

  @ParameterizedTest
  @DisplayName("U2 the quota answer has one general row and names the key's tier")
  @CsvSource({
    "sk-sim-plus-1, Token Plan Plus",
    "sk-sim-max-1, Token Plan Max",
    "sk-sim-ultra-1, Token Plan Ultra",
    "sk-sim-own-1, Token Plan Plus"
  })
  void answersQuota(String key, String title) throws Exception {
    var before = json(send(get(key)));
    send(chat(key, "{\"model\":\"M\"}"));
    var after = json(send(get(key)));

    assertThat(before.at("/base_resp/status_code").intValue()).isZero();
    assertThat(before.path("current_subscribe_title").textValue()).isEqualTo(title);
    assertThat(before.path("model_remains")).hasSize(1);
    var row = before.at("/model_remains/0");
    assertThat(row.path("model_name").textValue()).isEqualTo("general");
    assertThat(row.path("end_time").longValue() - row.path("start_time").longValue())
        .isEqualTo(5 * 3_600_000L);
    assertThat(row.path("weekly_end_time").longValue() - row.path("weekly_start_time").longValue())
        .isEqualTo(7 * 86_400_000L);
    assertThat(row.path("current_interval_remaining_percent").intValue()).isEqualTo(100);
    assertThat(after.at("/model_remains/0/current_interval_remaining_percent").intValue())
        .isEqualTo(99);
  }

  @ParameterizedTest
  @DisplayName("any other key is refused as MiniMax refuses it")
  @ValueSource(strings = {"sk-sim-plus-", "sk-sim-gold-1", "sk-real", ""})
  void refusesOtherKeys(String key) throws Exception {
    for (var request : new HttpRequest.Builder[] {get(key), chat(key, "{}")}) {
      var answer = send(request);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(json(answer).at("/base_resp/status_code").intValue()).isEqualTo(1004);
    }
  }

  @Test
  @DisplayName("I4 a one-token generation finishes by length")
  void generatesOneToken() throws Exception {
    var answer = json(send(chat("sk-sim-plus-2", "{\"model\":\"MiniMax-M2\",\"max_tokens\":1}")));

    assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    assertThat(answer.at("/choices/0/message/content").textValue()).isEqualTo("Hello");
    assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(1);
  }

  @Test
  @DisplayName("the answer names model and tier, never the key")
  void answersInWords() throws Exception {
    var body =
        send(chat("sk-sim-ultra-secret", "{\"model\":\"MiniMax-M2\",\"stream\":true}")).body();

    assertThat(body).contains("MiniMax-M2", " Ultra.", "data: [DONE]").doesNotContain("secret");
  }

  private static HttpRequest.Builder get(String key) {
    return request("/v1/token_plan/remains", key);
  }

  private static HttpRequest.Builder chat(String key, String body) {
    return request("/v1/chat/completions", key).POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(provider.address().resolve(path))
        .header("authorization", "Bearer " + key);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
