package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Finds what is due, first without a lock, then under it. */
@Singleton
class DueSubscriptions {

  /** When something has to be done; the index subscription_due has the same expression. */
  private static final String DUE_AT =
      "(case status when 'past_due' then grace_ends_at else renewal_at end)";

  private static final String NOT_BACKED_OFF =
      """
      not exists (select from coding_plans.billing_failure failure
                   where failure.subscription_id = subscription.id
                     and failure.retry_at > clock_timestamp())""";

  private final JdbcOperations jdbc;

  DueSubscriptions(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns those whose time has come by the instant, after another in their order. */
  @Transactional(readOnly = true)
  public List<Due> readBy(Instant now, Due after, int most) {
    return jdbc.prepareStatement(
        """
        select id, user_id, %1$s as due_at
          from coding_plans.subscription
         where status in ('active', 'past_due')
           and %1$s <= ? and (%1$s, id) > (?, ?)
           and %2$s
         order by due_at, id
         limit ?"""
            .formatted(DUE_AT, NOT_BACKED_OFF),
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setTimestamp(2, Timestamp.from(after.at()));
          statement.setObject(3, after.id());
          statement.setInt(4, most);
          return Due.read(statement.executeQuery());
        });
  }

  /** Returns those in grace whose price the balance covers by now: nobody told us (G3). */
  @Transactional(readOnly = true)
  public List<Due> readFundedInGrace(Due after, int most) {
    return jdbc.prepareStatement(
        """
        select subscription.id, subscription.user_id, subscription.grace_ends_at
          from coding_plans.subscription
          join coding_plans.credit_account account using (user_id)
         where subscription.status = 'past_due' and not subscription.cancel_at_period_end
           and subscription.id > ?
           and account.balance_microdollars >= subscription.price_microdollars
           and account.parked_at is null
           and %s
         order by subscription.id
         limit ?"""
            .formatted(NOT_BACKED_OFF),
        statement -> {
          statement.setObject(1, after.id());
          statement.setInt(2, most);
          return Due.read(statement.executeQuery());
        });
  }

  /**
   * Locks and returns what billing may have to do something about: all that is due of the locked
   * accounts, and what waits in grace.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<DueSubscription> lockOf(List<UserId> users, Instant now) {
    return jdbc.prepareStatement(
        """
        select %s
          from coding_plans.subscription
         where user_id = any (?)
           and status in ('active', 'past_due')
           and (renewal_at <= ? or status = 'past_due')
           and %s
         order by id
           for no key update"""
            .formatted(COLUMNS, NOT_BACKED_OFF),
        statement -> {
          Columns.of(users).text(UserId::value).bind(statement);
          statement.setTimestamp(2, Timestamp.from(now));
          return readLocked(statement);
        });
  }

  /** Locks and returns exactly those, if they are live. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<DueSubscription> lock(List<UUID> ids) {
    return jdbc.prepareStatement(
        """
        select %s
          from coding_plans.subscription
         where id = any (?) and status in ('active', 'past_due')
         order by id
           for no key update"""
            .formatted(COLUMNS),
        statement -> {
          Columns.of(ids).uuid(Function.identity()).bind(statement);
          return readLocked(statement);
        });
  }

  /** Returns how many wait for credit in grace. */
  @Transactional(readOnly = true)
  public long countWaiting() {
    return jdbc.prepareStatement(
        """
        select count(*)
          from coding_plans.subscription
         where status = 'past_due' and not cancel_at_period_end""",
        statement -> {
          var result = statement.executeQuery();
          result.next();
          return result.getLong(1);
        });
  }

  /** Returns since when the oldest is due; those that failed count too. */
  @Transactional(readOnly = true)
  public Optional<Instant> oldestBy(Instant now) {
    return jdbc.prepareStatement(
        """
        select min(%1$s)
          from coding_plans.subscription
         where status in ('active', 'past_due') and %1$s <= ?"""
            .formatted(DUE_AT),
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          var result = statement.executeQuery();
          result.next();
          return Optional.ofNullable(result.getTimestamp(1)).map(Timestamp::toInstant);
        });
  }

  private static final String COLUMNS =
      """
      id, user_id, plan_id, provider_id, price_microdollars, period_days, cancel_at_period_end,
      renewal_at, case status when 'past_due' then grace_ends_at end as grace_ends_at""";

  private static List<DueSubscription> readLocked(PreparedStatement statement) throws SQLException {
    var result = statement.executeQuery();
    var due = new ArrayList<DueSubscription>();
    while (result.next()) {
      due.add(subscription(result));
    }
    return due;
  }

  private static DueSubscription subscription(ResultSet row) throws SQLException {
    return new DueSubscription(
        row.getObject("id", UUID.class),
        new UserId(row.getString("user_id")),
        new PlanId(row.getString("plan_id")),
        new ProviderId(row.getString("provider_id")),
        row.getLong("price_microdollars"),
        Duration.ofDays(row.getInt("period_days")),
        row.getBoolean("cancel_at_period_end"),
        row.getTimestamp("renewal_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("grace_ends_at")).map(Timestamp::toInstant));
  }
}
