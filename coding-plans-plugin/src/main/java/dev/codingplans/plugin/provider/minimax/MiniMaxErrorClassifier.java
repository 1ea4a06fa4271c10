package dev.codingplans.plugin.provider.minimax;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
import dev.codingplans.plugin.provider.ErrorClassifier;
import jakarta.inject.Singleton;

/** Understands the failures of MiniMax; where no code is found, the status alone tells. */
@Singleton
final class MiniMaxErrorClassifier implements ErrorClassifier {

  @Override
  public ProviderId provider() {
    return MiniMax.ID;
  }

  @Override
  public UpstreamVerdict judge(int status, byte[] start) {
    return switch (Standing.of(status, StatusCode.in(start))) {
      case GOOD -> UpstreamVerdict.NONE;
      case PLAN_EXHAUSTED -> UpstreamVerdict.PLAN_EXHAUSTED;
      case RATE_LIMITED -> UpstreamVerdict.RATE_LIMITED;
      case KEY_REJECTED -> UpstreamVerdict.KEY_REJECTED;
      // With a code that nobody knows, a success is the client's to read.
      case FAILED -> status >= 200 && status < 300 ? UpstreamVerdict.NONE : UpstreamVerdict.OTHER;
    };
  }
}
