package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.credit.LockedAccount;
import dev.codingplans.plugin.credit.ManyAccounts;
import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.event.LifecycleEvent;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionRenewalUpcoming;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** One transaction of announcements. */
@Singleton
class ReminderBatch {

  private static final String NOT_REMINDED =
      """
      status = 'active' and not cancel_at_period_end and reminded_of is distinct from renewal_at""";

  private final JdbcOperations jdbc;
  private final ManyAccounts accounts;
  private final TimeSource time;
  private final BillingSettings settings;
  private final Outbox outbox;

  ReminderBatch(
      JdbcOperations jdbc,
      ManyAccounts accounts,
      TimeSource time,
      BillingSettings settings,
      Outbox outbox) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.time = time;
    this.settings = settings;
    this.outbox = outbox;
  }

  /** Returns those whose renewal is near and not announced, after another in their order. */
  @Transactional(readOnly = true)
  public List<Due> readAfter(Due after, int most) {
    var now = time.now();
    return jdbc.prepareStatement(
        """
        select id, user_id, renewal_at
          from coding_plans.subscription
         where %s
           and renewal_at > ? and renewal_at <= ? and (renewal_at, id) > (?, ?)
         order by renewal_at, id
         limit ?"""
            .formatted(NOT_REMINDED),
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setTimestamp(2, Timestamp.from(now.plus(settings.reminder())));
          statement.setTimestamp(3, Timestamp.from(after.at()));
          statement.setObject(4, after.id());
          statement.setInt(5, most);
          return Due.read(statement.executeQuery());
        });
  }

  /** Announces those whose accounts nobody holds, if they are still to be announced. */
  @Transactional
  public void send(List<Due> rows) {
    var balances = lockedBalances(rows);
    var now = time.now();
    var reminded =
        mark(rows.stream().filter(row -> balances.containsKey(row.user())).toList(), now);
    outbox.appendAll(
        reminded.stream()
            .<LifecycleEvent>map(row -> row.toEvent(balances.getOrDefault(row.user(), 0L)))
            .toList(),
        now);
  }

  private Map<UserId, Long> lockedBalances(List<Due> rows) {
    return accounts
        .lock(rows.stream().map(Due::user).distinct().toList(), HeldAccounts.SKIP)
        .stream()
        .collect(Collectors.toMap(LockedAccount::user, LockedAccount::balanceMicrodollars));
  }

  private List<Reminded> mark(List<Due> rows, Instant now) {
    return jdbc.prepareStatement(
        """
        update coding_plans.subscription
           set reminded_of = renewal_at
         where id = any (?) and %s and renewal_at > ?
        returning id, user_id, plan_id, provider_id, price_microdollars, renewal_at"""
            .formatted(NOT_REMINDED),
        statement -> {
          Columns.of(rows).uuid(Due::id).bind(statement);
          statement.setTimestamp(2, Timestamp.from(now));
          var result = statement.executeQuery();
          var reminded = new ArrayList<Reminded>();
          while (result.next()) {
            reminded.add(Reminded.of(result));
          }
          return reminded;
        });
  }

  /** A renewal that is announced now. */
  private record Reminded(
      UUID subscription, UserId user, String plan, String provider, long price, Instant renewalAt) {

    static Reminded of(ResultSet row) throws SQLException {
      return new Reminded(
          row.getObject(1, UUID.class),
          new UserId(row.getString(2)),
          row.getString(3),
          row.getString(4),
          row.getLong(5),
          row.getTimestamp(6).toInstant());
    }

    SubscriptionRenewalUpcoming toEvent(long balance) {
      return new SubscriptionRenewalUpcoming(
          user, subscription, plan, provider, price, renewalAt, balance >= price);
    }
  }
}
