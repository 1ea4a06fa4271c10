package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface PaymentRepository extends GenericRepository<StoredPayment, String> {

  String SELECT =
      """
      select id, position, type, payment_id, coalesce(account_id, user_id) as user_id, amount_microdollars,
             refunded_microdollars, taken_microdollars, owed_microdollars, ledger_entry_id, state, received_at
        from coding_plans.payment
      """;

  /** Writes down what was told; nothing happens if it was told before, whatever it said then. */
  @Query(
      """
      insert into coding_plans.payment (type, id, payment_id, user_id, amount_microdollars, received_at)
      values (:type, :id, :paymentId, :user, :amount, :now)
          on conflict (type, id) do nothing""")
  int add(
      String type,
      String id,
      @Nullable String paymentId,
      @UserIdColumn UserId user,
      long amount,
      Instant now);

  /** Writes down that the payment is in the balance of the user. */
  @Query(
      """
      update coding_plans.payment
         set state = 'applied', user_id = null, account_id = :user,
             amount_microdollars = :credited, ledger_entry_id = :entry
       where type = 'payment.succeeded' and id = :id and state = 'parked'""")
  int applyPayment(String id, @UserIdColumn UserId user, long credited, UUID entry);

  /** Writes down what the refund took, and what is owed because it was not there. */
  @Query(
      """
      update coding_plans.payment
         set state = 'applied', user_id = null, account_id = :user,
             taken_microdollars = :taken, owed_microdollars = :owed, ledger_entry_id = :entry
       where type = 'payment.refunded' and id = :id and state = 'parked'""")
  int applyRefund(
      String id, @UserIdColumn UserId user, long taken, long owed, @Nullable UUID entry);

  /** Counts what was given back of a payment, which is never more than it was. */
  @Query(
      """
      update coding_plans.payment
         set refunded_microdollars = refunded_microdollars + :amount
       where type = 'payment.succeeded' and id = :id and state = 'applied'
         and refunded_microdollars + :amount <= amount_microdollars""")
  int countRefund(String id, long amount);

  /** Returns a payment that is in the user's balance. */
  @Query(
      SELECT
          + " where type = 'payment.succeeded' and id = :id and state = 'applied' and account_id = :user")
  Optional<StoredPayment> find(String id, @UserIdColumn UserId user);

  /** Returns a refund of the user that waits. */
  @Query(
      SELECT
          + " where type = 'payment.refunded' and id = :id and user_id = :user and state = 'parked'")
  Optional<StoredPayment> findWaiting(String id, @UserIdColumn UserId user);

  /**
   * Returns refunds that wait although what they give back is in their user's balance, from after
   * the position.
   */
  @Query(
      SELECT
          + """
            where type = 'payment.refunded' and state = 'parked' and position > :after
              and exists (select from coding_plans.credit_account account
                           where account.user_id = payment.user_id and account.parked_at is null)
              and (exists (select from coding_plans.payment paid
                            where paid.type = 'payment.succeeded' and paid.id = payment.payment_id
                              and paid.state = 'applied' and paid.account_id = payment.user_id)
                   or exists (select from coding_plans.ledger_entry
                               where ledger_entry.user_id = payment.user_id
                                 and ledger_entry.idempotency_key = 'top-up:' || payment.payment_id))
            order by position
            limit :most""")
  List<StoredPayment> listDueAfter(long after, int most);

  /** Gives what waits for the user another name. */
  @Query("update coding_plans.payment set user_id = :to where user_id = :user and state = 'parked'")
  int renameWaiting(@UserIdColumn UserId user, @UserIdColumn UserId to);

  /** Returns the user's refunds that wait for the payment, in the order in which they came. */
  @Query(
      SELECT
          + """
            where type = 'payment.refunded' and payment_id = :paymentId and user_id = :user and state = 'parked'
            order by position""")
  List<StoredPayment> waitingFor(String paymentId, @UserIdColumn UserId user);

  @Query(
      """
      select cast(coalesce(sum(owed_microdollars), 0) as bigint)
        from coding_plans.payment
       where account_id = :user""")
  long owedBy(@UserIdColumn UserId user);

  @Query(SELECT + " where position < :before order by position desc limit :most")
  List<StoredPayment> listBefore(long before, int most);

  @Query(
      SELECT
          + """
            where state = :state and position < :before
            order by position desc
            limit :most""")
  List<StoredPayment> listBefore(String state, long before, int most);
}
