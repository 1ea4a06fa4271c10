package dev.codingplans.plugin.credit.lease;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table of leases. Real time decides which of them live (T2). */
@Singleton
class LeaseRows {

  private final JdbcOperations jdbc;

  LeaseRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns what there is for the lease, which may be new; the account is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Reserve reserve(UserId user, UUID lease) {
    return jdbc.prepareStatement(
        """
        select case when parked_at is null then balance_microdollars else 0 end
               - (select coalesce(sum(granted_microdollars - charged_microdollars), 0)
                    from coding_plans.credit_lease other
                   where other.user_id = account.user_id and other.id <> ?
                     and other.expires_at > clock_timestamp()
                     and other.granted_microdollars > other.charged_microdollars) as available,
               coalesce(own.granted_microdollars, 0) as granted,
               coalesce(own.charged_microdollars, 0) as charged
          from coding_plans.credit_account account
          left join coding_plans.credit_lease own on own.id = ?
         where account.user_id = ?""",
        statement -> {
          statement.setObject(1, lease);
          statement.setObject(2, lease);
          statement.setString(3, user.value());
          var row = statement.executeQuery();
          row.next();
          return new Reserve(
              row.getLong("available"), row.getLong("granted"), row.getLong("charged"));
        });
  }

  /** Keeps what the lease was given, for so long from now. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void keep(UserId user, UUID lease, long granted, Duration life) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.credit_lease (id, user_id, granted_microdollars, expires_at)
        values (?, ?, ?, clock_timestamp() + make_interval(secs => ?))
            on conflict (id) do update
           set granted_microdollars = excluded.granted_microdollars,
               expires_at = excluded.expires_at,
               recalled = false""",
        statement -> {
          statement.setObject(1, lease);
          statement.setString(2, user.value());
          statement.setLong(3, granted);
          statement.setLong(4, life.toSeconds());
          return statement.executeUpdate();
        });
  }

  /** Deletes the lease if nothing is left of it: no charge is to come. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void deleteIfUsedUp(UUID lease) {
    jdbc.prepareStatement(
        """
        delete from coding_plans.credit_lease
         where id = ? and granted_microdollars <= charged_microdollars""",
        statement -> {
          statement.setObject(1, lease);
          return statement.executeUpdate();
        });
  }

  /**
   * Takes charges out of their leases; the accounts are locked. Like whatever changes several
   * leases, it locks them in the order of their ids, because a recall does not lock the accounts.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void charge(Map<UUID, Long> charges) {
    jdbc.prepareStatement(
        """
        with locked as (
          select lease.id, charges.amount
            from coding_plans.credit_lease lease
            join unnest(?, ?) as charges (id, amount) on charges.id = lease.id
           order by lease.id
             for update of lease)
        update coding_plans.credit_lease lease
           set charged_microdollars = lease.charged_microdollars + locked.amount
          from locked
         where lease.id = locked.id""",
        statement -> {
          Columns.of(List.copyOf(charges.entrySet()))
              .uuid(Map.Entry::getKey)
              .bigint(Map.Entry::getValue)
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  /** Returns the users' live leases; the accounts are locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<LeaseRow> live(List<UserId> users) {
    return jdbc.prepareStatement(
        """
        select id, user_id, granted_microdollars - charged_microdollars as left_over
          from coding_plans.credit_lease
         where user_id = any (?) and expires_at > clock_timestamp()
           and granted_microdollars > charged_microdollars""",
        statement -> {
          Columns.of(users).text(UserId::value).bind(statement);
          return list(statement.executeQuery(), LeaseRows::row);
        });
  }

  /** Asks the nodes for what no request holds; of a lease that is used up, nothing comes back. */
  @Transactional(propagation = Propagation.MANDATORY)
  public int recall(List<UserId> users) {
    return jdbc.prepareStatement(
        """
        with locked as (
          select id
            from coding_plans.credit_lease
           where user_id = any (?) and expires_at > clock_timestamp()
             and granted_microdollars > charged_microdollars
           order by id
             for update)
        update coding_plans.credit_lease lease
           set recalled = true
          from locked
         where lease.id = locked.id""",
        statement -> {
          Columns.of(users).text(UserId::value).bind(statement);
          return statement.executeUpdate();
        });
  }

  /** Returns which of the leases are recalled or gone. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<UUID, Notice> notices(List<UUID> leases) {
    return jdbc.prepareStatement(
        """
        select known.id, lease.id is null as gone
          from unnest(?) as known (id)
          left join coding_plans.credit_lease lease on lease.id = known.id
         where lease.id is null or lease.recalled""",
        statement -> {
          Columns.of(leases).uuid(lease -> lease).bind(statement);
          var rows = statement.executeQuery();
          var notices = new HashMap<UUID, Notice>();
          while (rows.next()) {
            notices.put(
                rows.getObject("id", UUID.class),
                rows.getBoolean("gone") ? Notice.GONE : Notice.RECALLED);
          }
          return notices;
        });
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void deleteAllOf(UserId user) {
    jdbc.prepareStatement(
        """
        with locked as (
          select id
            from coding_plans.credit_lease
           where user_id = ?
           order by id
             for update)
        delete from coding_plans.credit_lease lease using locked where lease.id = locked.id""",
        statement -> {
          statement.setString(1, user.value());
          return statement.executeUpdate();
        });
  }

  /** Deletes leases that expired long ago, so many at most. */
  @Transactional(propagation = Propagation.MANDATORY)
  public int deleteExpired(Duration ago, int most) {
    return jdbc.prepareStatement(
        """
        delete from coding_plans.credit_lease
         where id in (select id from coding_plans.credit_lease
                       where expires_at < clock_timestamp() - make_interval(secs => ?)
                       limit ?
                         for update skip locked)""",
        statement -> {
          statement.setLong(1, ago.toSeconds());
          statement.setInt(2, most);
          return statement.executeUpdate();
        });
  }

  private static LeaseRow row(ResultSet row) throws SQLException {
    return new LeaseRow(
        row.getObject("id", UUID.class),
        new UserId(row.getString("user_id")),
        row.getLong("left_over"));
  }

  private static <T> List<T> list(ResultSet rows, Reading<T> reading) throws SQLException {
    var list = new ArrayList<T>();
    while (rows.next()) {
      list.add(reading.of(rows));
    }
    return list;
  }

  /** Reads a row. */
  @FunctionalInterface
  private interface Reading<T> {

    T of(ResultSet row) throws SQLException;
  }
}
