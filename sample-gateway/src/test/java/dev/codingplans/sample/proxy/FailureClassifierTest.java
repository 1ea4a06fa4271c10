package dev.codingplans.sample.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureClassifierTest {

  private static final Secret USED = Secret.of("the.used:credential");

  @ParameterizedTest(name = "{0} {1} -> {2} {3}")
  @DisplayName("E6 what a provider's answer means becomes a code and a status of the gateway's own")
  @CsvSource(
      value = {
        "OTHER, 400, invalid_request, 400",
        "KEY_REJECTED, 401, provider_rejected_key, 502",
        "KEY_REJECTED, 200, provider_rejected_key, 502",
        "OTHER, 402, upstream_unavailable, 502",
        "OTHER, 404, not_found, 404",
        "OTHER, 405, upstream_unavailable, 502",
        "OTHER, 408, upstream_timeout, 408",
        "OTHER, 409, invalid_request, 409",
        "OTHER, 413, payload_too_large, 413",
        "OTHER, 422, invalid_request, 422",
        "RATE_LIMITED, 429, too_many_requests, 429",
        "PLAN_EXHAUSTED, 429, plan_quota_exhausted, 429",
        "PLAN_EXHAUSTED, 200, plan_quota_exhausted, 429",
        "OTHER, 200, upstream_unavailable, 502",
        "OTHER, 307, upstream_unavailable, 502",
        "OTHER, 500, upstream_unavailable, 502",
        "NONE, 503, upstream_unavailable, 502",
        "OTHER, 599, upstream_unavailable, 502"
      })
  void classifies(UpstreamVerdict verdict, int status, String code, int answered) {
    var refusal = classify(verdict, status, "{}");

    assertThat(refusal).isPresent();
    assertThat(refusal.get().code().text()).isEqualTo(code);
    assertThat(refusal.get().status()).isEqualTo(answered);
  }

  @Test
  @DisplayName("E6 an answer that reports no failure is none")
  void leavesSuccessAlone() {
    assertThat(classify(UpstreamVerdict.NONE, 200, "not json")).isEmpty();
  }

  @Test
  @DisplayName("E6 a rate limit keeps its Retry-After")
  void keepsRetryAfter() {
    var refusal =
        FailureClassifier.classify(
            UpstreamVerdict.RATE_LIMITED, 429, Optional.of("17"), new byte[0], USED);

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
    return classify(UpstreamVerdict.OTHER, status, body);
  }

  private static Optional<Refusal> classify(UpstreamVerdict verdict, int status, String body) {
    return FailureClassifier.classify(
        verdict, status, Optional.empty(), body.getBytes(UTF_8), USED);
  }
}
