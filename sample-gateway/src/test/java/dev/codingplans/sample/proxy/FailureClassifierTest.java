package dev.codingplans.sample.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {

  private static final Secret USED = Secret.of("the.used:credential");

  @ParameterizedTest(name = "{0} {1} -> {2} {3}")
  @DisplayName("E6 a provider's status and code become the gateway's")
  @CsvSource(
      value = {
        "400, -1, invalid_request, 400",
        "401, -1, provider_rejected_key, 502",
        "401, 2056, provider_rejected_key, 502",
        "402, -1, upstream_unavailable, 502",
        "403, -1, provider_rejected_key, 502",
        "404, -1, not_found, 404",
        "405, -1, upstream_unavailable, 502",
        "408, -1, upstream_timeout, 408",
        "409, -1, invalid_request, 409",
        "413, -1, payload_too_large, 413",
        "422, -1, invalid_request, 422",
        "429, -1, too_many_requests, 429",
        "429, 1002, too_many_requests, 429",
        "429, 2056, plan_quota_exhausted, 429",
        "200, 2056, plan_quota_exhausted, 429",
        "200, 1004, provider_rejected_key, 502",
        "307, -1, upstream_unavailable, 502",
        "500, -1, upstream_unavailable, 502",
        "503, -1, upstream_unavailable, 502",
        "599, -1, upstream_unavailable, 502"
      })
  void classifies(int status, int minimaxCode, String code, int answered) {
    var refusal = classify(status, "{\"base_resp\":{\"status_code\":" + minimaxCode + "}}");

    assertThat(refusal).isPresent();
    assertThat(refusal.get().code().text()).isEqualTo(code);
    assertThat(refusal.get().status()).isEqualTo(answered);
  }

  @ParameterizedTest
  @DisplayName("E6 an answer that reports no failure is none")
  @ValueSource(
      strings = {
        "{\"base_resp\":{\"status_code\":0}}",
        "{}",
        "",
        "not json",
        "[1]",
        "{\"base_resp\":"
      })
  void leavesSuccessAlone(String body) {
    assertThat(classify(200, body)).isEmpty();
  }

  @Test
  @DisplayName("E6 a rate limit keeps its Retry-After")
  void keepsRetryAfter() {
    var refusal = FailureClassifier.classify(429, Optional.of("17"), new byte[0], USED);

    assertThat(refusal.orElseThrow().retryAfter()).contains("17");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("E6 the provider's message is passed on without anything that looks like a key")
  @CsvSource(
      delimiter = '|',
      value = {
        "context window exceeds limit (2013) | context window exceeds limit (2013)",
        "unknown model claude-sonnet-4-20250514 | unknown model claude-sonnet-4-20250514",
        "bad key the.used:credential! | bad key [redacted]!",
        "bad key sk-abc, sorry | bad key [redacted], sorry",
        "got 'Bearer abc.def' here | got '[redacted]' here",
        "url?api_key=abc&x=1 | url?[redacted]",
        "Incorrect API key provided: abcd****wxyz. | Incorrect [redacted]",
        "token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9 found | token [redacted] found"
      })
  void redacts(String message, String expected) {
    assertThat(
            classify(400, "{\"error\":{\"message\":\"" + message + "\"}}").orElseThrow().message())
        .isEqualTo(expected);
  }

  @Test
  @DisplayName("E6 the provider's message is cut to 1,000 characters, after it was cleaned")
  void cutsMessages() {
    var message = "x ".repeat(498) + "sk-secret-that-crosses-the-limit " + "y".repeat(2_000);

    var cut = classify(500, "{\"base_resp\":{\"status_msg\":\"" + message + "\"}}");

    assertThat(cut.orElseThrow().message()).hasSizeLessThanOrEqualTo(1_000).doesNotContain("sk-");
  }

  @Test
  @DisplayName("E6 a failure that is not JSON gets a message of the gateway's own")
  void namesTheStatus() {
    assertThat(classify(503, "<html>sk-key</html>").orElseThrow().message())
        .isEqualTo("The provider answered with status 503.");
  }

  private static Optional<Refusal> classify(int status, String body) {
    return FailureClassifier.classify(status, Optional.empty(), body.getBytes(UTF_8), USED);
  }
}
