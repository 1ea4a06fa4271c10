package dev.codingplans.plugin.payment;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the payment service has told, and what came of it.
 *
 * @param position grows with every message; the order in which they are listed
 * @param type of the message: a payment, or a refund
 * @param paymentId what a refund gives back
 * @param userId whom it is for; the account's name by now, if it was applied
 * @param refundedMicrodollars how much of a payment was given back
 * @param takenMicrodollars what a refund took from the balance
 * @param owedMicrodollars what the balance did not have for a refund
 * @param state applied or parked
 */
@MappedEntity("payment")
public record StoredPayment(
    @Id String id,
    long position,
    String type,
    @Nullable String paymentId,
    String userId,
    long amountMicrodollars,
    long refundedMicrodollars,
    long takenMicrodollars,
    long owedMicrodollars,
    @Nullable UUID ledgerEntryId,
    String state,
    Instant receivedAt) {

  long refundable() {
    return amountMicrodollars - refundedMicrodollars;
  }
}
