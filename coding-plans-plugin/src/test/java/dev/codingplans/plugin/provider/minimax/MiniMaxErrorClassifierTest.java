package dev.codingplans.plugin.provider.minimax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiniMaxErrorClassifierTest {

  private final MiniMaxErrorClassifier classifier = new MiniMaxErrorClassifier();

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @DisplayName("E6 MiniMax's status and code tell what happened")
  @CsvSource({
    "200, 0, NONE",
    "200, 1002, NONE",
    "200, 1004, KEY_REJECTED",
    "200, 2056, PLAN_EXHAUSTED",
    "201, 2056, NONE",
    "400, 2013, OTHER",
    "400, 2056, OTHER",
    "401, 0, KEY_REJECTED",
    "401, 2056, KEY_REJECTED",
    "403, 0, KEY_REJECTED",
    "404, 0, OTHER",
    "429, 0, RATE_LIMITED",
    "429, 1002, RATE_LIMITED",
    "429, 2056, PLAN_EXHAUSTED",
    "307, 0, OTHER",
    "500, 1004, KEY_REJECTED",
    "503, 0, OTHER"
  })
  void judges(int status, int code, UpstreamVerdict verdict) {
    assertThat(judge(status, "{\"base_resp\":{\"status_code\":" + code + "}}")).isEqualTo(verdict);
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @DisplayName("E6 where there is no code, the status alone tells")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | not json | NONE",
        "200 | {\"base_resp\":{\"status_code\":20 | NONE",
        "200 | {\"base_resp\":{\"status_code\":\"2056\"}} | NONE",
        "200 | [2056] | NONE",
        "429 | not json | RATE_LIMITED",
        "401 | '' | KEY_REJECTED",
        "500 | <html></html> | OTHER"
      })
  void judgesWithoutCode(int status, String body, UpstreamVerdict verdict) {
    assertThat(judge(status, body)).isEqualTo(verdict);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @DisplayName("E6 only the code in the answer's own base_resp counts, wherever that stands")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"choices\":[{\"base_resp\":{\"status_code\":2056}}]} | NONE",
        "{\"a\":{\"base_resp\":{\"status_code\":1004}},\"base_resp\":{\"status_code\":0}} | NONE",
        "{\"text\":\"\\\"base_resp\\\":{\\\"status_code\\\":2056}\"} | NONE",
        "{\"status_code\":2056} | NONE",
        "{\"base_resp\":2056} | NONE",
        "{\"base_resp\":null} | NONE",
        "{\"base_resp\":[{\"status_code\":2056}]} | NONE",
        "{\"base_resp\":{\"x\":{\"status_code\":2056}}} | NONE",
        "{\"base_resp\":{\"status_code\":99999999999}} | NONE",
        "{\"base_resp\":{\"status_code\":2056.5}} | NONE",
        "{\"base_resp\":{\"status_msg\":{\"a\":[1]},\"status_code\":2056},\"b\":[ | PLAN_EXHAUSTED",
        "{\"choices\":[[{}],\"x\"],\"base_resp\":{\"status_code\":1004}} | KEY_REJECTED"
      })
  void findsTheCode(String body, UpstreamVerdict verdict) {
    assertThat(judge(200, body)).isEqualTo(verdict);
  }

  private UpstreamVerdict judge(int status, String body) {
    return classifier.judge(status, body.getBytes(UTF_8));
  }
}
