package dev.codingplans.plugin.provider.minimax;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.provider.QuotaWindow;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A good answer of MiniMax to the question what is left (U2). */
record QuotaAnswer(JsonNode json) {

  private static final List<String> TITLES =
      List.of("current_subscribe_title", "plan_name", "plan");
  private static final String SHARED_BY_ALL_MODELS = "general";
  private static final int EXHAUSTED = 2;
  private static final int NOT_PART_OF_THE_PLAN = 3;
  private static final int NO_BOOST = 1_000;
  private static final int MOST_DIGITS = 15;

  private static final Fields SHORT_TERM =
      new Fields(
          "short_term",
          new QuotaWindow.Period("hour", 5),
          "start_time",
          "end_time",
          "current_interval_remaining_percent",
          "current_interval_status",
          "interval_boost_permille");

  private static final Fields WEEKLY =
      new Fields(
          "weekly",
          new QuotaWindow.Period("week", 1),
          "weekly_start_time",
          "weekly_end_time",
          "current_weekly_remaining_percent",
          "current_weekly_status",
          "weekly_boost_permille");

  /** Tells whether this is such an answer at all. */
  boolean isWellFormed() {
    var rows = json.path("model_remains");
    return json.at("/base_resp/status_code").isInt()
        && json.has("model_remains")
        && (rows.isArray() || rows.isNull());
  }

  /** Tells whether there is a plan behind the key. */
  boolean hasPlan() {
    return !json.path("model_remains").isEmpty();
  }

  /** Returns the name of the plan, if the provider says it. */
  Optional<String> title() {
    return TITLES.stream()
        .map(json::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .map(String::strip)
        .filter(title -> !title.isEmpty())
        .findFirst();
  }

  /** Returns the limits; empty if they cannot be read. */
  Optional<List<QuotaWindow>> windows() {
    var rows =
        StreamSupport.stream(json.path("model_remains").spliterator(), false)
            .filter(row -> row.path("model_name").asText().equals(SHARED_BY_ALL_MODELS))
            .toList();
    if (rows.size() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Stream.of(SHORT_TERM, WEEKLY)
              .flatMap(fields -> fields.windowIn(rows.getFirst()).stream())
              .toList());
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }

  /** The names of a window's fields. */
  private record Fields(
      String id,
      QuotaWindow.Period period,
      String start,
      String end,
      String percent,
      String status,
      String boost) {

    /** Returns the window, unless the plan has none. */
    Optional<QuotaWindow> windowIn(JsonNode row) {
      var state = row.path(status).asInt();
      if (state == NOT_PART_OF_THE_PLAN) {
        return Optional.empty();
      }
      return Optional.of(
          new QuotaWindow(
              id,
              state == EXHAUSTED ? BigDecimal.ZERO : boostedPercent(row),
              instant(row.path(end)).orElseThrow(UnreadableException::new),
              instant(row.path(start)),
              period));
    }

    private BigDecimal boostedPercent(JsonNode row) {
      var permille = row.hasNonNull(boost) ? amount(row.path(boost)) : new BigDecimal(NO_BOOST);
      var percent = amount(row.path(percent())).multiply(permille).movePointLeft(3);
      var plain = percent.stripTrailingZeros();
      // Never 1E+2.
      return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** What JSON calls a number may have any size. */
    private static BigDecimal amount(JsonNode number) {
      var value = number.decimalValue();
      if (!number.isNumber()
          || value.signum() < 0
          || value.precision() > MOST_DIGITS
          || Math.abs(value.scale()) > MOST_DIGITS) {
        throw new UnreadableException();
      }
      return value;
    }

    private static Optional<Instant> instant(JsonNode millis) {
      try {
        return millis.canConvertToLong() && millis.longValue() > 0
            ? Optional.of(Instant.ofEpochMilli(millis.longValue()))
            : Optional.empty();
      } catch (DateTimeException e) {
        throw new UnreadableException();
      }
    }
  }

  /** Thrown if a field is not what it should be; it does not leave this class. */
  private static final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableException() {
      super("a quota cannot be read", null, false, false);
    }
  }
}
