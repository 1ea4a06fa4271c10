package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.provider.QuotaWindow;
import dev.codingplans.plugin.window.QuotaWindows;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a provider leaves to a subscription, as it is shown. */
record UsageView(Instant fetchedAt, List<WindowView> windows) {

  static UsageView of(QuotaWindows.Shown shown) {
    return new UsageView(shown.fetchedAt(), shown.windows().stream().map(WindowView::of).toList());
  }

  /** One of the provider's rolling limits. */
  record WindowView(
      String id,
      BigDecimal remainingPercent,
      Instant resetsAt,
      @Nullable Instant startsAt,
      PeriodView period) {

    static WindowView of(QuotaWindow window) {
      return new WindowView(
          window.id(),
          window.remainingPercent(),
          window.resetsAt(),
          window.startsAt().orElse(null),
          new PeriodView(window.period().unit(), window.period().value()));
    }
  }

  /** A length of time. */
  record PeriodView(String unit, int value) {}
}
