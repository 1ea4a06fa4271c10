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
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the payment service tells into the books: each payment and each refund once, in
 * whatever order they come and however often (L2). What nothing can be done with yet is parked.
 */
@Singleton
public class Payments {

  private static final Logger LOG = LoggerFactory.getLogger(Payments.class);
  private static final String PAYMENT = "payment.succeeded";
  private static final String REFUND = "payment.refunded";

  private final Accounts accounts;
  private final Credits credits;
  private final TopUpPayments topUps;
  private final Tombstones tombstones;
  private final PaymentRepository repository;
  private final Refunds refunds;
  private final TimeSource time;

  Payments(
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

  /** Takes the notice into the books; a repeat, whatever it says, does nothing. */
  @Transactional
  public void receive(PaymentNotice notice) {
    var hasAccount = lock(notice.user());
    var now = time.now();
    if (!isFirst(notice, now)) {
      return;
    }
    if (!hasAccount) {
      // Without the user's name, which is to be forgotten.
      LOG.warn("A {} for an account that was deleted is parked.", typeOf(notice));
      return;
    }
    switch (notice) {
      case PaymentNotice.Succeeded payment -> credit(payment, now);
      case PaymentNotice.Refunded refund -> giveBack(refund, now);
    }
  }

  /** Returns what refunds wanted back of the user that the balance did not have. */
  public long owedBy(UserId user) {
    return repository.owedBy(user);
  }

  /** Returns what was told, from before the position, newest first. */
  public List<StoredPayment> listBefore(Optional<String> state, long position, int most) {
    return state
        .map(it -> repository.listBefore(it, position, most))
        .orElseGet(() -> repository.listBefore(position, most));
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
