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
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Announces each renewal once, some days before its charge (R7). */
@Singleton
class Reminders {

  private final ReminderBatch batch;

  Reminders(ReminderBatch batch) {
    this.batch = batch;
  }

  /** Announces all that is near; an account that is held is left to the next sweep. */
  void send(int batchSize, BooleanSupplier stopping) {
    while (!stopping.getAsBoolean() && batch.send(batchSize) == batchSize) {
      // The next batch: what was announced is found no more.
    }
  }

  /** One transaction of announcements. */
  @Singleton
  static class ReminderBatch {

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

    /** Returns how many renewals were announced. */
    @Transactional
    public int send(int most) {
      var now = time.now();
      var users = usersToRemind(now, most);
      if (users.isEmpty()) {
        return 0;
      }
      var balances =
          accounts.lock(users, HeldAccounts.SKIP).stream()
              .collect(Collectors.toMap(LockedAccount::user, LockedAccount::balanceMicrodollars));
      var reminded = markReminded(List.copyOf(balances.keySet()), now);
      outbox.appendAll(
          reminded.stream()
              .<LifecycleEvent>map(row -> row.toEvent(balances.getOrDefault(row.user(), 0L)))
              .toList(),
          now);
      return reminded.size();
    }

    private List<UserId> usersToRemind(Instant now, int most) {
      return jdbc.prepareStatement(
          """
          select user_id
            from coding_plans.subscription
           where status = 'active' and not cancel_at_period_end and reminded_of is distinct from renewal_at
             and renewal_at > ? and renewal_at <= ?
           order by renewal_at, id
           limit ?""",
          statement -> {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setTimestamp(2, Timestamp.from(now.plus(settings.reminder())));
            statement.setInt(3, most);
            var result = statement.executeQuery();
            var users = new ArrayList<UserId>();
            while (result.next()) {
              users.add(new UserId(result.getString(1)));
            }
            return users.stream().distinct().toList();
          });
    }

    private List<Reminded> markReminded(List<UserId> users, Instant now) {
      return jdbc.prepareStatement(
          """
          update coding_plans.subscription
             set reminded_of = renewal_at
           where user_id = any (?)
             and status = 'active' and not cancel_at_period_end and reminded_of is distinct from renewal_at
             and renewal_at > ? and renewal_at <= ?
          returning id, user_id, plan_id, provider_id, price_microdollars, renewal_at""",
          statement -> {
            Columns.of(users).text(UserId::value).bind(statement);
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setTimestamp(3, Timestamp.from(now.plus(settings.reminder())));
            var result = statement.executeQuery();
            var reminded = new ArrayList<Reminded>();
            while (result.next()) {
              reminded.add(
                  new Reminded(
                      result.getObject(1, UUID.class),
                      new UserId(result.getString(2)),
                      result.getString(3),
                      result.getString(4),
                      result.getLong(5),
                      result.getTimestamp(6).toInstant()));
            }
            return reminded;
          });
    }
  }

  /** A renewal that is announced now. */
  private record Reminded(
      UUID subscription, UserId user, String plan, String provider, long price, Instant renewalAt) {

    SubscriptionRenewalUpcoming toEvent(long balance) {
      return new SubscriptionRenewalUpcoming(
          user, subscription, plan, provider, price, renewalAt, balance >= price);
    }
  }
}
