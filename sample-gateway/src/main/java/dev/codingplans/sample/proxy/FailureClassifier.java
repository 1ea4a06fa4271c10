package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.INVALID_REQUEST;
import static dev.codingplans.sample.proxy.Refusal.Code.NOT_FOUND;
import static dev.codingplans.sample.proxy.Refusal.Code.PAYLOAD_TOO_LARGE;
import static dev.codingplans.sample.proxy.Refusal.Code.PLAN_QUOTA_EXHAUSTED;
import static dev.codingplans.sample.proxy.Refusal.Code.PROVIDER_REJECTED_KEY;
import static dev.codingplans.sample.proxy.Refusal.Code.TOO_MANY_REQUESTS;
import static dev.codingplans.sample.proxy.Refusal.Code.UPSTREAM_TIMEOUT;
import static dev.codingplans.sample.proxy.Refusal.Code.UPSTREAM_UNAVAILABLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
import dev.codingplans.sample.proxy.Refusal.Code;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tells the caller of a provider's failure in the gateway's own words (E6). */
final class FailureClassifier {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_MESSAGE = 1_000;
  private static final List<String> MESSAGES =
      List.of("/error/message", "/base_resp/status_msg", "/message");

  private FailureClassifier() {}

  /**
   * Returns what to tell the caller; empty if the answer is no failure.
   *
   * @param verdict what the answer means
   * @param status its HTTP status
   * @param retryAfter its header of that name
   * @param start its first bytes; all of them, if the body is small
   * @param used the credential that was sent, to be kept out of the message
   */
  static Optional<Refusal> classify(
      UpstreamVerdict verdict, int status, Optional<String> retryAfter, byte[] start, Secret used) {
    return codeOf(verdict, status)
        .map(
            code ->
                new Refusal(
                    code,
                    statusOf(code, status),
                    messageOf(parse(start), status, used),
                    retryAfter));
  }

  /** Whatever is said of it, only a success can be passed on. */
  private static Optional<Code> codeOf(UpstreamVerdict verdict, int status) {
    return switch (verdict) {
      case NONE -> status >= 200 && status < 300 ? Optional.empty() : Optional.of(codeOf(status));
      case RATE_LIMITED -> Optional.of(TOO_MANY_REQUESTS);
      case PLAN_EXHAUSTED -> Optional.of(PLAN_QUOTA_EXHAUSTED);
      case KEY_REJECTED -> Optional.of(PROVIDER_REJECTED_KEY);
      case OTHER -> Optional.of(codeOf(status));
    };
  }

  private static Code codeOf(int status) {
    return switch (status) {
      case 400, 409, 422 -> INVALID_REQUEST;
      case 404 -> NOT_FOUND;
      case 408 -> UPSTREAM_TIMEOUT;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 429 -> TOO_MANY_REQUESTS;
      default -> UPSTREAM_UNAVAILABLE;
    };
  }

  /** A status that the caller can act on is kept; our own codes have one of their own. */
  private static int statusOf(Code code, int status) {
    return switch (code) {
      case INVALID_REQUEST, NOT_FOUND, UPSTREAM_TIMEOUT, PAYLOAD_TOO_LARGE -> status;
      default -> Refusal.of(code, "").status();
    };
  }

  private static String messageOf(JsonNode json, int status, Secret used) {
    return MESSAGES.stream()
        .map(json::at)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank())
        .findFirst()
        .map(text -> cut(Redaction.clean(text, used)))
        .orElse("The provider answered with status " + status + ".");
  }

  private static String cut(String text) {
    if (text.length() <= MAX_MESSAGE) {
      return text;
    }
    // Never half of a surrogate pair.
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(MAX_MESSAGE - 1)) ? MAX_MESSAGE - 1 : MAX_MESSAGE);
  }

  private static JsonNode parse(byte[] body) {
    try {
      var json = JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (IOException e) {
      // Not JSON, or cut off: the status alone decides.
      return MissingNode.getInstance();
    }
  }
}
