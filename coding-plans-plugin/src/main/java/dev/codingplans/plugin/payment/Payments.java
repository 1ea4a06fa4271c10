package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
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
  private final RefundWork work;

  Payments(PaymentTransaction transaction, PaymentRepository repository, RefundWork work) {
    this.transaction = transaction;
    this.repository = repository;
    this.work = work;
  }

  /**
   * Takes the notice into the books; a repeat, whatever it says, does nothing but to try again what
   * waits. Whoever sends it never waits for leases, and need not send it again because of them.
   */
  public void receive(PaymentNotice notice) {
    if (transaction.receive(notice)) {
      work.wake();
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
}
