package dev.codingplans.gateway.spi.entitlement;

import dev.codingplans.gateway.spi.catalog.ProviderId;

/**
 * Tells what a provider's answer means. Providers report some failures in words of their own, a few
 * of them with status 200; who sells a provider's plans knows these words.
 *
 * <p>The host asks once for every answer, on its event loop, before it passes the answer on.
 * Implementations are thread-safe, neither block nor throw, and may take notice of what they are
 * shown: a plugin learns here that one of its credentials is dead. What the caller is told, and
 * with which status, is the host's to decide.
 *
 * <pre>{@code
 * switch (registrations.upstreamErrors().judge(provider, entitlement, status, start)) {
 *   case NONE -> relay(answer);
 *   case KEY_REJECTED -> refuse("provider_rejected_key");
 *   case PLAN_EXHAUSTED -> refuse("plan_quota_exhausted");
 *   case RATE_LIMITED -> refuse("too_many_requests");
 *   case OTHER -> refuse(codeFor(status));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface UpstreamErrors {

  /**
   * Judges an answer.
   *
   * @param provider who answered
   * @param used what the request was sent with
   * @param status the answer's HTTP status
   * @param start the first bytes of its body, decoded: all of them if it is small, the data of the
   *     first event if it is a stream; it is neither changed nor kept
   */
  UpstreamVerdict judge(ProviderId provider, Entitlement used, int status, byte[] start);

  /** Returns what judges by the status alone, as HTTP has it. */
  static UpstreamErrors byStatus() {
    return (provider, used, status, start) ->
        switch (status) {
          case 401, 403 -> UpstreamVerdict.KEY_REJECTED;
          case 429 -> UpstreamVerdict.RATE_LIMITED;
          default -> status >= 200 && status < 300 ? UpstreamVerdict.NONE : UpstreamVerdict.OTHER;
        };
  }
}
