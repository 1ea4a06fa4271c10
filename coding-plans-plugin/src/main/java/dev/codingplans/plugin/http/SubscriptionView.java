package dev.codingplans.plugin.http;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.subscription.Subscription;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A subscription as it is shown. */
public record SubscriptionView(
    UUID id,
    String userId,
    String planId,
    String planName,
    String providerId,
    String providerName,
    String status,
    boolean cancelAtPeriodEnd,
    long priceMicrodollars,
    int periodDays,
    Instant currentPeriodStart,
    Instant currentPeriodEnd,
    Instant renewalAt,
    @Nullable Instant graceEndsAt,
    @Nullable Instant canceledAt,
    @Nullable String cancellationReason,
    boolean byokKeyInstalled,
    String paymentSource,
    Instant createdAt) {

  public static SubscriptionView of(Subscription subscription, Catalog catalog) {
    return new SubscriptionView(
        subscription.id(),
        subscription.userId().value(),
        subscription.planId().value(),
        catalog.nameOf(subscription.planId()),
        subscription.providerId().value(),
        catalog.nameOf(subscription.providerId()),
        subscription.status(),
        subscription.cancelAtPeriodEnd(),
        subscription.priceMicrodollars(),
        subscription.periodDays(),
        subscription.currentPeriodStart(),
        subscription.currentPeriodEnd(),
        subscription.renewalAt(),
        subscription.graceEndsAt(),
        subscription.canceledAt(),
        subscription.cancellationReason(),
        subscription.byokKeyInstalled(),
        "credits",
        subscription.createdAt());
  }
}
