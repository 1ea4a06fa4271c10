package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.plugin.credit.ladder.Tier;
import dev.codingplans.plugin.http.pages.Frame;
import dev.codingplans.plugin.usage.UsageOfDay;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What the usage page shows.
 *
 * @param tier the step of the discount ladder that is true now
 */
record SpendingPage(Span span, SpendingRow account, Usage usage, Tier tier, Totals totals) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  List<Span> spans() {
    return List.of(Span.values());
  }

  Chart spend(Frame frame) {
    return Chart.of("spend", usage, UsageOfDay::chargeMicrodollars, frame::price);
  }

  Chart requests() {
    return Chart.of("requests", usage, UsageOfDay::records, SpendingPage::shortCount);
  }

  /** Returns what the tier takes off, in percent; nothing is nothing. */
  String percentOff() {
    return BigDecimal.ONE
        .subtract(tier.multiplier())
        .movePointRight(2)
        .stripTrailingZeros()
        .toPlainString();
  }

  boolean isDiscounted() {
    return tier.multiplier().compareTo(BigDecimal.ONE) < 0;
  }

  /** Returns the name of the zone whose days these are. */
  String zoneName() {
    return DatabaseZones.nameOf(usage.zone());
  }

  static String day(LocalDate day) {
    return DAY.format(day);
  }

  static String count(long count) {
    return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(count);
  }

  /** Returns what fits at an axis, such as 1.5K. */
  private static String shortCount(long count) {
    var format = NumberFormat.getCompactNumberInstance(Locale.ENGLISH, NumberFormat.Style.SHORT);
    format.setMaximumFractionDigits(1);
    return format.format(count);
  }

  static String category(String category, Frame frame) {
    return frame.messages().find("spending.category." + category).orElse(category);
  }

  static int colour(int place) {
    return Chart.colourOf(place);
  }
}
