package dev.codingplans.plugin.http.pages.detail;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription with all that its page tells of it, as one statement reads it.
 *
 * @param status as the API shows it: a scheduled end that has passed reads as canceled (X7)
 * @param keyInstalled whether the key that came with it is the user's key of the provider
 * @param ownKey whether the user has a key of another origin instead
 * @param ownKeyServes whether that one is switched on
 * @param successorId another subscription of the same provider that is live
 * @param dueEarlierMicrodollars what the user's other plans cost that are to be renewed before
 * @param parked whether nothing is charged until the operator has checked the balance
 * @param paidMicrodollars what all terms cost
 * @param terms the latest terms, as a JSON array
 * @param seenAt the product's time
 */
@Introspected
record DetailRow(
    UUID id,
    String planId,
    String providerId,
    long priceMicrodollars,
    int periodDays,
    String status,
    boolean cancelAtPeriodEnd,
    Instant currentPeriodStart,
    Instant currentPeriodEnd,
    Instant renewalAt,
    @Nullable Instant graceEndsAt,
    @Nullable Instant canceledAt,
    @Nullable String cancellationReason,
    Instant createdAt,
    boolean keyInstalled,
    boolean ownKey,
    boolean ownKeyServes,
    @Nullable UUID successorId,
    long balanceMicrodollars,
    long dueEarlierMicrodollars,
    boolean autoTopUp,
    boolean parked,
    boolean paysFromCredits,
    long paidMicrodollars,
    String terms,
    Instant seenAt) {}
