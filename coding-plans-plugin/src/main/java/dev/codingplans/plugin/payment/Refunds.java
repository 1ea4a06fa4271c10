package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.credit.LedgerEntry;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Takes refunds from balances: what is there; the rest is owed (L1). */
@Singleton
class Refunds {

  private final Accounts accounts;
  private final Credits credits;
  private final PaidTopUps topUps;
  private final PaymentRepository repository;

  Refunds(Accounts accounts, Credits credits, PaidTopUps topUps, PaymentRepository repository) {
    this.accounts = accounts;
    this.credits = credits;
    this.topUps = topUps;
    this.repository = repository;
  }

  /**
   * Applies a refund that waits, if its payment is in the user's balance. All refunds of a payment
   * together are never more than it was. Tells whether it still waits, only for leases or because
   * the account is parked. The account is locked.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean apply(String id, UserId user, Instant now) {
    return repository
        .findWaiting(id, user)
        .flatMap(refund -> payment(refund, user, now).map(payment -> apply(refund, payment, now)))
        .orElse(false);
  }

  private Optional<StoredPayment> payment(StoredPayment refund, UserId user, Instant now) {
    return Optional.ofNullable(refund.paymentId())
        .flatMap(
            id -> {
              topUps.remember(id, user, now);
              return repository.find(id, user);
            });
  }

  private boolean apply(StoredPayment refund, StoredPayment payment, Instant now) {
    var user = new UserId(refund.userId());
    var back = Math.min(refund.amountMicrodollars(), payment.refundable());
    var taken = Math.min(back, credits.balanceOf(user).microdollars());
    if (!accounts.isFree(user, taken)) {
      return true;
    }
    var entry =
        taken == 0
            ? Optional.<LedgerEntry>empty()
            : Optional.of(take(refund.id(), user, taken, now));
    if (repository.countRefund(payment.id(), back) != 1
        || repository.applyRefund(
                refund.id(), user, taken, back - taken, entry.map(LedgerEntry::id).orElse(null))
            != 1) {
      throw new IllegalStateException("a payment changed although its account is locked");
    }
    return false;
  }

  private LedgerEntry take(String id, UserId user, long amount, Instant now) {
    return accounts.charge(user, EntryKind.REFUND, amount, "Refund", "refund:" + id, now);
  }
}
