package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.lease.Recall;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Takes what the payment service tells into the books: each payment and each refund once, in
 * whatever order they come and however often (L2). What nothing can be done with yet is parked.
 */
@Singleton
public class Payments {

  private final PaymentTransaction transaction;
  private final PaymentRepository repository;
  private final Recall recall;

  Payments(PaymentTransaction transaction, PaymentRepository repository, Recall recall) {
    this.transaction = transaction;
    this.repository = repository;
    this.recall = recall;
  }

  /** Takes the notice into the books; a repeat, whatever it says, does nothing. */
  public void receive(PaymentNotice notice) {
    recall.whenFree(notice.user(), () -> transaction.receive(notice));
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
}
