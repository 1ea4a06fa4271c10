package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.TopUp;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The attempts to collect credit, each recorded before it is made. */
@Singleton
class TopUpRows {

  private final JdbcOperations jdbc;

  TopUpRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Records the attempts that are the first of their due terms, and returns these. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<TopUp> record(List<Request> requests, Instant now) {
    return jdbc.prepareStatement(
        """
        insert into coding_plans.top_up (id, user_id, subscription_id, due_at, amount_microdollars, requested_at)
        select id, user_id, subscription_id, due_at, amount, ?
          from unnest(?, ?, ?, ?, ?) as requests (id, user_id, subscription_id, due_at, amount)
            on conflict (subscription_id, due_at) do nothing
        returning id, user_id, amount_microdollars, subscription_id""",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          Columns.of(requests)
              .uuid(request -> UUID.randomUUID())
              .text(request -> request.subscription().user().value())
              .uuid(request -> request.subscription().id())
              .timestamp(Request::dueAt)
              .bigint(Request::shortfall)
              .bind(statement, 2);
          var result = statement.executeQuery();
          var recorded = new ArrayList<TopUp>();
          while (result.next()) {
            recorded.add(
                new TopUp(
                    result.getObject(1, UUID.class),
                    new UserId(result.getString(2)),
                    result.getLong(3),
                    "Renewal of subscription " + result.getString(4)));
          }
          return recorded;
        });
  }

  /** Tells whether the user still allows it, and the subscription still waits for it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean isWanted(UUID id) {
    return jdbc.prepareStatement(
        """
        select from coding_plans.top_up
          join coding_plans.credit_account account using (user_id)
          join coding_plans.subscription on subscription.id = top_up.subscription_id
         where top_up.id = ? and top_up.state = 'requested'
           and account.auto_top_up
           and subscription.status = 'past_due' and not subscription.cancel_at_period_end""",
        statement -> {
          statement.setObject(1, id);
          return statement.executeQuery().next();
        });
  }

  /** Returns whose it is by now: a deleted account has another name. */
  @Transactional(propagation = Propagation.MANDATORY)
  public UserId ownerOf(UUID id) {
    return jdbc.prepareStatement(
        "select user_id from coding_plans.top_up where id = ?",
        statement -> {
          statement.setObject(1, id);
          var row = statement.executeQuery();
          if (!row.next()) {
            throw new IllegalStateException("there is no top-up " + id);
          }
          return new UserId(row.getString(1));
        });
  }

  /** Records what became of an attempt; tells whether that was not known yet. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean finish(UUID id, String state, @Nullable String reason, Instant now) {
    return jdbc.prepareStatement(
        """
        update coding_plans.top_up
           set state = ?, reason = ?, finished_at = ?
         where id = ? and state = 'requested'""",
        statement -> {
          statement.setString(1, state);
          statement.setString(2, reason);
          statement.setTimestamp(3, Timestamp.from(now));
          statement.setObject(4, id);
          return statement.executeUpdate() == 1;
        });
  }

  /**
   * Records that an attempt of the user was paid after all, whatever its answer was; tells whether
   * there is one, of that amount and not credited yet.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean finishPaid(UUID id, UserId user, long amount, Instant now) {
    return jdbc.prepareStatement(
        """
        update coding_plans.top_up
           set state = 'succeeded', reason = null, finished_at = ?
         where id = ? and user_id = ? and amount_microdollars = ?
           and state in ('requested', 'pending', 'failed')""",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setObject(2, id);
          statement.setString(3, user.value());
          statement.setLong(4, amount);
          return statement.executeUpdate() == 1;
        });
  }

  /** Records that an attempt of the user, if there is one, came to nothing. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void fail(UUID id, UserId user, String reason, Instant now) {
    jdbc.prepareStatement(
        """
        update coding_plans.top_up
           set state = 'failed', reason = ?, finished_at = ?
         where id = ? and user_id = ? and state in ('requested', 'pending')""",
        statement -> {
          statement.setString(1, reason);
          statement.setTimestamp(2, Timestamp.from(now));
          statement.setObject(3, id);
          statement.setString(4, user.value());
          return statement.executeUpdate();
        });
  }

  /**
   * Credit that a subscription lacks.
   *
   * @param dueAt the start of the period that is to be charged: there is one attempt for each
   */
  record Request(DueSubscription subscription, Instant dueAt, long shortfall) {}
}
