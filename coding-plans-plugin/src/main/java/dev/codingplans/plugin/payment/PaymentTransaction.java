package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.account.Tombstones;
import dev.codingplans.plugin.billing.TopUpPayments;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.BalanceLeased;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.LedgerEntry;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one transaction of a notice: it is written down, and applied or parked. */
@Singleton
class PaymentTransaction {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentTransaction.class);
  static final String PAYMENT = "payment.succeeded";
  private static final String REFUND = "payment.refunded";

  private final Accounts accounts;
  private final Credits credits;
  private final TopUpPayments topUps;
  private final Tombstones tombstones;
  private final PaymentRepository repository;
  private final Refunds refunds;
  private final TimeSource time;

  PaymentTransaction(
      Accounts accounts,
      Credits credits,
      TopUpPayments topUps,
      Tombstones tombstones,
      PaymentRepository repository,
      Refunds refunds,
      TimeSource time) {
    this.accounts = accounts;
    this.credits = credits;
    this.topUps = topUps;
    this.tombstones = tombstones;
    this.repository = repository;
    this.refunds = refunds;
    this.time = time;
  }

  /**
   * Takes the notice into the books; a repeat, whatever it says, does nothing but to try again what
   * waits. Tells whether a refund still waits, only for leases or because the account is parked.
   */
  @Transactional
  public boolean receive(PaymentNotice notice) {
    var hasAccount = lock(notice.user());
    var now = time.now();
    var isFirst = isFirst(notice, now);
    if (hasAccount) {
      return apply(notice, isFirst, now);
    }
    if (isFirst) {
      // Without the user's name, which is to be forgotten.
      LOG.warn("A {} for an account that was deleted is parked.", typeOf(notice));
    }
    return false;
  }

  /** Applies a refund that waits; refuses if leases are in its way. */
  @Transactional
  public StoredPayment apply(StoredPayment refund) {
    var user = new UserId(refund.userId());
    if (accounts.lockIfPresent(user) && refunds.apply(refund.id(), user, time.now())) {
      throw new BalanceLeased();
    }
    return refund;
  }

  private boolean apply(PaymentNotice notice, boolean isFirst, Instant now) {
    return switch (notice) {
      case PaymentNotice.Succeeded payment -> isFirst && credit(payment, now);
      case PaymentNotice.Refunded refund -> refunds.apply(refund.id(), refund.user(), now);
    };
  }

  /** Locks the account, and opens one for somebody new, but none for somebody who was deleted. */
  private boolean lock(UserId user) {
    if (accounts.lockIfPresent(user)) {
      return true;
    }
    // Looked at after the lock was waited for: the account may have gone meanwhile.
    if (tombstones.isGone(user)) {
      return false;
    }
    accounts.lock(user);
    return true;
  }

  private boolean isFirst(PaymentNotice notice, Instant now) {
    var payment = notice instanceof PaymentNotice.Refunded refund ? refund.paymentId() : null;
    return repository.add(
            typeOf(notice), notice.id(), payment, notice.user(), notice.amountMicrodollars(), now)
        == 1;
  }

  private boolean credit(PaymentNotice.Succeeded payment, Instant now) {
    var user = payment.user();
    var entry =
        topUps
            .credit(payment.id(), user, payment.amountMicrodollars(), now)
            .orElseGet(() -> add(payment, now));
    if (repository.applyPayment(payment.id(), user, entry.amountMicrodollars(), entry.id()) != 1) {
      throw new IllegalStateException("a payment changed although its account is locked");
    }
    var stillWaits = false;
    for (var waiting : repository.waitingFor(payment.id(), user)) {
      stillWaits |= refunds.apply(waiting.id(), user, now);
    }
    return stillWaits;
  }

  private LedgerEntry add(PaymentNotice.Succeeded payment, Instant now) {
    return credits.addPayment(
        payment.user(), payment.amountMicrodollars(), "Payment", "payment:" + payment.id(), now);
  }

  private static String typeOf(PaymentNotice notice) {
    return switch (notice) {
      case PaymentNotice.Succeeded payment -> PAYMENT;
      case PaymentNotice.Refunded refund -> REFUND;
    };
  }
}
