package dev.codingplans.plugin.provider.minimax;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.provider.ProviderAnswer.Answered;
import dev.codingplans.plugin.provider.ProviderAnswer.NoAnswer;
import dev.codingplans.plugin.provider.ProviderAnswer.Reason;
import dev.codingplans.plugin.provider.QuotaReader;
import dev.codingplans.plugin.provider.QuotaReading;
import dev.codingplans.plugin.provider.QuotaReading.Failed;
import dev.codingplans.plugin.provider.QuotaReading.Failure;
import dev.codingplans.plugin.provider.QuotaReading.Inactive;
import dev.codingplans.plugin.provider.QuotaReading.KeyRejected;
import dev.codingplans.plugin.provider.QuotaReading.Windows;
import jakarta.inject.Singleton;

/** Reads the rolling limits of a plan of MiniMax (U2). */
@Singleton
final class MiniMaxQuotaReader implements QuotaReader {

  private final MiniMax miniMax;

  MiniMaxQuotaReader(MiniMax miniMax) {
    this.miniMax = miniMax;
  }

  @Override
  public ProviderId provider() {
    return MiniMax.ID;
  }

  @Override
  public QuotaReading read(Secret key) {
    return switch (miniMax.quota(key)) {
      case NoAnswer none ->
          new Failed(none.reason() == Reason.TIMEOUT ? Failure.TIMEOUT : Failure.UNAVAILABLE);
      case Answered answered -> {
        var json = MiniMax.json(answered.body());
        yield switch (Standing.of(answered.status(), json)) {
          case GOOD -> read(new QuotaAnswer(json));
          case KEY_REJECTED -> new KeyRejected();
          case PLAN_EXHAUSTED, RATE_LIMITED, FAILED -> new Failed(Failure.UNAVAILABLE);
        };
      }
    };
  }

  private static QuotaReading read(QuotaAnswer answer) {
    if (!answer.isWellFormed()) {
      return new Failed(Failure.UNAVAILABLE);
    }
    return answer.hasPlan()
        ? answer
            .windows()
            .<QuotaReading>map(Windows::new)
            .orElseGet(() -> new Failed(Failure.UNAVAILABLE))
        : new Inactive();
  }
}
