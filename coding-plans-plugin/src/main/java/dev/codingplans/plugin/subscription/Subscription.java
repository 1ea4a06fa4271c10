package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.ProviderIdColumn;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's agreement to pay a plan every period. Price and period are snapshots of the purchase.
 *
 * @param position grows with every subscription; the order in which they are listed
 * @param status active, past due, or canceled; the first two are live
 * @param byokKeyInstalled whether the key that came with it is in its place
 */
@MappedEntity("subscription")
public record Subscription(
    @Id UUID id,
    @UserIdColumn UserId userId,
    long position,
    @ProviderIdColumn ProviderId providerId,
    @PlanIdColumn PlanId planId,
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
    boolean byokKeyInstalled,
    Instant createdAt) {

  /** Tells whether it has not ended. */
  public boolean isLive() {
    return !status.equals("canceled");
  }

  public boolean isPastDue() {
    return status.equals("past_due");
  }

  /** Returns when access ends if nothing is charged any more. */
  public Instant accessEndsAt() {
    return graceEndsAt == null ? currentPeriodEnd : graceEndsAt;
  }
}
