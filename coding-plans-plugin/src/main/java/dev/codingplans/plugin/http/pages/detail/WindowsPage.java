package dev.codingplans.plugin.http.pages.detail;

import dev.codingplans.plugin.http.pages.Frame;
import dev.codingplans.plugin.provider.QuotaWindow;
import dev.codingplans.plugin.window.QuotaWindows.Shown;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What is left of a subscription at its provider.
 *
 * @param shown the windows; empty if the provider did not tell them
 * @param failure the last part of the key that says why not
 */
record WindowsPage(UUID subscription, Optional<Shown> shown, String failure) {

  private static final BigDecimal FULL = BigDecimal.valueOf(100);

  static WindowsPage of(UUID subscription, Shown shown) {
    return new WindowsPage(subscription, Optional.of(shown), "");
  }

  static WindowsPage failed(UUID subscription, String failure) {
    return new WindowsPage(subscription, Optional.empty(), failure);
  }

  /** Returns the page of the subscription. */
  String detailPath() {
    return DetailPage.FOLDER + subscription;
  }

  /** Returns where these are told again. */
  String path() {
    return detailPath() + "/windows";
  }

  /** Tells whether asking again may help. */
  boolean mayBeAskedAgain() {
    return !failure.equals("invalid_state");
  }

  /** Returns what a window is called: in our words if its provider's are known. */
  static String name(QuotaWindow window, Frame frame) {
    return frame.messages().find("detail.window." + window.id()).orElse(window.id());
  }

  static String period(QuotaWindow window, Frame frame) {
    var unit = window.period().unit().toLowerCase(Locale.ROOT);
    return frame.text(
        "detail.window.period",
        window.period().value(),
        frame.messages().find("detail.unit." + unit).orElse(unit));
  }

  /** Returns how much of the bar is full; a provider may give more than all. */
  static String filled(QuotaWindow window) {
    return plain(window.remainingPercent().min(FULL));
  }

  static String percent(QuotaWindow window) {
    return plain(window.remainingPercent());
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
