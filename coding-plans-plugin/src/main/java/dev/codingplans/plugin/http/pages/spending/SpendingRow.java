package dev.codingplans.plugin.http.pages.spending;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the usage page tells of a user, as one statement reads it.
 *
 * @param today the last day that is shown, such as {@code 2026-01-31}
 * @param days the sums of each category of each day, as a JSON array
 * @param seenAt the product's time
 */
@Introspected
record SpendingRow(
    long balanceMicrodollars,
    long uncollectedMicrodollars,
    @Nullable Instant firstPaidAt,
    boolean paysFromCredits,
    String today,
    String days,
    Instant seenAt) {}
