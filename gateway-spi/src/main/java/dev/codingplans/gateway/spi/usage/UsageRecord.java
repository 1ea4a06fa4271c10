package dev.codingplans.gateway.spi.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * Something that a user has used, and what it costs without any discount.
 *
 * @param eventId stands for this one use, however often it is sent: 1 to 200 visible ASCII
 *     characters
 * @param category which discount applies, by a name that the plugin knows, for example {@code llm}
 * @param kind what was measured
 * @param amount how much of it, zero or more
 * @param listCostMicrodollars what it costs before any discount, in microdollars, zero or more
 * @param occurredAt when it was used; it may be a while ago
 * @param estimated whether the amount could not be measured and is an estimate
 */
public record UsageRecord(
    String eventId,
    UserId user,
    String category,
    Kind kind,
    BigDecimal amount,
    long listCostMicrodollars,
    Instant occurredAt,
    boolean estimated) {

  private static final int MAX_ID_LENGTH = 200;

  /** Refuses what cannot have been used. */
  public UsageRecord {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(occurredAt, "occurredAt");
    if (!isEventId(eventId)) {
      throw new IllegalArgumentException(
          "an event id has 1 to " + MAX_ID_LENGTH + " visible ASCII characters");
    }
    if (amount.signum() < 0 || listCostMicrodollars < 0) {
      throw new IllegalArgumentException("nobody uses less than nothing");
    }
  }

  /** Tells whether a text can be an event id. */
  public static boolean isEventId(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_ID_LENGTH
        && text.chars().allMatch(character -> character > ' ' && character <= '~');
  }

  /** What a use is measured in. */
  public enum Kind {
    /** Hours of a virtual machine. */
    VM_HOUR,
    /** Tokens of a language model. */
    LLM_TOKEN,
    /** Hours of the host's own system. */
    HERO_OS_HOUR,
    /** Anything else. */
    OTHER
  }
}
