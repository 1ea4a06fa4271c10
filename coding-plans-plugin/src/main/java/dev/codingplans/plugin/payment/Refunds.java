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
  private final PaymentRepository repository;

  Refunds(Accounts accounts, Credits credits, PaymentRepository repository) {
    this.accounts = accounts;
    this.credits = credits;
    this.repository = repository;
  }

  /**
   * Applies a refund that has been written down, if its payment is in the user's balance; else it
   * waits. All refunds of a payment together are never more than it was. The account is locked.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void apply(String id, UserId user, String paymentId, long amount, Instant now) {
    repository
        .find(paymentId, user)
        .ifPresent(
            payment -> apply(id, user, payment, Math.min(amount, payment.refundable()), now));
  }

  private void apply(String id, UserId user, StoredPayment payment, long back, Instant now) {
    var taken = Math.min(back, available(user));
    var entry =
        taken == 0 ? Optional.<LedgerEntry>empty() : Optional.of(take(id, user, taken, now));
    if (repository.countRefund(payment.id(), back) != 1
        || repository.applyRefund(
                id, user, taken, back - taken, entry.map(LedgerEntry::id).orElse(null))
            != 1) {
      throw new IllegalStateException("a payment changed although its account is locked");
    }
  }

  /** Nothing is taken from an account whose books are to be put right first. */
  private long available(UserId user) {
    return accounts.refusalIfParked(user).isPresent() ? 0 : credits.balanceOf(user).microdollars();
  }

  private LedgerEntry take(String id, UserId user, long amount, Instant now) {
    return accounts.charge(user, EntryKind.REFUND, amount, "Refund", "refund:" + id, now);
  }
}
