package dev.codingplans.plugin.statement;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ledger entry with the one thing that caused it. One that names none is an operator's, who said
 * in its description what it is for.
 *
 * @param position grows with every entry; the order in which they are listed
 * @param subscriptionId whose term it paid
 * @param allowanceId what it bought
 * @param paymentId the payment that it is, or that it gives back
 * @param topUpId the automatic top-up that it is
 * @param usageEventId the usage that it paid
 */
@Introspected
public record StatementEntry(
    UUID id,
    long position,
    String kind,
    long amountMicrodollars,
    long balanceAfterMicrodollars,
    String description,
    Instant createdAt,
    @Nullable UUID subscriptionId,
    @Nullable UUID allowanceId,
    @Nullable String paymentId,
    @Nullable String topUpId,
    @Nullable String usageEventId) {}
