package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.billing.TopUpPayments;
import dev.codingplans.plugin.credit.LedgerEntry;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Top-ups that were paid at once: they had no notice of their own, and are payments all the same.
 */
@Singleton
class PaidTopUps {

  private final TopUpPayments topUps;
  private final PaymentRepository repository;

  PaidTopUps(TopUpPayments topUps, PaymentRepository repository) {
    this.topUps = topUps;
    this.repository = repository;
  }

  /** Writes the user's top-up of that id down as a payment, unless it has been. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void remember(String id, UserId user, Instant now) {
    topUps.find(id, user).ifPresent(entry -> remember(id, user, entry, now));
  }

  private void remember(String id, UserId user, LedgerEntry entry, Instant now) {
    var amount = entry.amountMicrodollars();
    if (repository.add(PaymentTransaction.PAYMENT, id, null, user, amount, now) == 1
        && repository.applyPayment(id, user, amount, entry.id()) != 1) {
      throw new IllegalStateException("a payment changed although its account is locked");
    }
  }
}
