package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.account.Tombstones;
import dev.codingplans.plugin.billing.TopUpPayments;
import dev.codingplans.plugin.credit.Accounts;
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
  private static final String PAYMENT = "payment.succeeded";
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

  /** Takes the notice into the books and returns it; a repeat, whatever it says, does nothing. */
  @Transactional
  public PaymentNotice receive(PaymentNotice notice) {
    var hasAccount = lock(notice.user());
    var now = time.now();
    if (isFirst(notice, now)) {
      if (hasAccount) {
        apply(notice, now);
      } else {
        // Without the user's name, which is to be forgotten.
        LOG.warn("A {} for an account that was deleted is parked.", typeOf(notice));
      }
    }
    return notice;
  }

  private void apply(PaymentNotice notice, Instant now) {
    switch (notice) {
      case PaymentNotice.Succeeded payment -> credit(payment, now);
      case PaymentNotice.Refunded refund -> giveBack(refund, now);
    }
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

  private void credit(PaymentNotice.Succeeded payment, Instant now) {
    var user = payment.user();
    var entry =
        topUps
            .credit(payment.id(), user, payment.amountMicrodollars(), now)
            .orElseGet(() -> add(payment, now));
    repository.applyPayment(payment.id(), user, entry.amountMicrodollars(), entry.id());
    for (var waiting : repository.waitingFor(payment.id(), user)) {
      refunds.apply(waiting.id(), user, payment.id(), waiting.amountMicrodollars(), now);
    }
  }

  private LedgerEntry add(PaymentNotice.Succeeded payment, Instant now) {
    return credits.addPayment(
        payment.user(), payment.amountMicrodollars(), "Payment", "payment:" + payment.id(), now);
  }

  private void giveBack(PaymentNotice.Refunded refund, Instant now) {
    var user = refund.user();
    rememberTopUp(refund.paymentId(), user, now);
    refunds.apply(refund.id(), user, refund.paymentId(), refund.amountMicrodollars(), now);
  }

  /** A top-up that was paid at once has had no notice of its own, and is a payment all the same. */
  private void rememberTopUp(String id, UserId user, Instant now) {
    topUps
        .find(id, user)
        .filter(
            entry -> repository.add(PAYMENT, id, null, user, entry.amountMicrodollars(), now) == 1)
        .ifPresent(
            entry -> repository.applyPayment(id, user, entry.amountMicrodollars(), entry.id()));
  }

  private static String typeOf(PaymentNotice notice) {
    return switch (notice) {
      case PaymentNotice.Succeeded payment -> PAYMENT;
      case PaymentNotice.Refunded refund -> REFUND;
    };
  }
}
