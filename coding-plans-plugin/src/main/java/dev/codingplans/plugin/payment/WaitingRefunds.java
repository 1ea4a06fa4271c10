package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.lease.Recall;
import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the refunds that wait although their payment is there: open requests held what they take,
 * the books of the account were to be put right, or a top-up was credited after its refund was
 * told.
 */
@Singleton
class WaitingRefunds {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingRefunds.class);
  private static final int PAGE = 100;

  private final PaymentRepository repository;
  private final PaymentTransaction transaction;
  private final Recall recall;

  WaitingRefunds(PaymentRepository repository, PaymentTransaction transaction, Recall recall) {
    this.repository = repository;
    this.transaction = transaction;
    this.recall = recall;
  }

  /** Tries each of them once; what still cannot be applied waits for the next time. */
  void apply(BooleanSupplier stopping) {
    var page = repository.listDueAfter(0, PAGE);
    while (!page.isEmpty()) {
      for (var refund : page) {
        if (stopping.getAsBoolean()) {
          return;
        }
        apply(refund);
      }
      page = repository.listDueAfter(page.getLast().position(), PAGE);
    }
  }

  private void apply(StoredPayment refund) {
    try {
      recall.whenFree(new UserId(refund.userId()), () -> transaction.apply(refund));
    } catch (Refusal e) {
      LOG.debug("Refund {} goes on waiting: {}", refund.id(), e.detail());
    } catch (RuntimeException e) {
      // Without a database nothing can be told apart; one that fails keeps no other from its turn.
      if (SqlState.isConnectionFailure(e)) {
        throw e;
      }
      LOG.error("Refund {} cannot be applied; it is tried again later.", refund.id(), e);
    }
  }
}
