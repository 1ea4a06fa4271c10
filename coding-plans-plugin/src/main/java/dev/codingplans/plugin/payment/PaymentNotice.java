package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * Something that the payment service tells, once for each id, in whatever order it arrives (L2).
 */
public sealed interface PaymentNotice {

  /** Returns what the payment service calls it. */
  String id();

  UserId user();

  long amountMicrodollars();

  /** A user paid. */
  record Succeeded(String id, UserId user, long amountMicrodollars) implements PaymentNotice {}

  /**
   * A payment was given back, or a part of it.
   *
   * @param paymentId the id of the payment, which may not have been told of yet
   */
  record Refunded(String id, UserId user, String paymentId, long amountMicrodollars)
      implements PaymentNotice {}
}
