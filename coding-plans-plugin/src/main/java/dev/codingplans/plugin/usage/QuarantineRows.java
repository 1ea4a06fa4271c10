package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What is not charged because it cannot be right. */
@Singleton
class QuarantineRows {

  /** What makes no sense need not be kept as a whole. */
  private static final int MAX_TEXT = 100;

  private final JdbcOperations jdbc;

  QuarantineRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void add(List<Judged> judged) {
    if (judged.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        insert into coding_plans.usage_quarantine
               (event_id, user_id, category, kind, amount, list_cost_microdollars, occurred_at, reason)
        select event_id, user_id, category, kind, amount, list_cost, occurred_at, reason
          from unnest(?, ?, ?, ?, ?, ?, ?, ?)
            as doubtful (event_id, user_id, category, kind, amount, list_cost, occurred_at, reason)""",
        statement -> {
          Columns.of(judged)
              .text(Judged::eventId)
              .text(each -> each.arrival().usage().user().value())
              .text(each -> cut(each.arrival().usage().category()))
              .text(each -> InboxRows.code(each.arrival().usage().kind()))
              .text(each -> cut(each.arrival().usage().amount().toString()))
              .bigint(each -> each.arrival().usage().listCostMicrodollars())
              .text(each -> each.arrival().usage().occurredAt().toString())
              .text(each -> each.doubt().orElseThrow().code())
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  /** Moves what waits of a user whose account was deleted, without the name. */
  @Transactional
  public int moveAllOf(UserId user, UserId anonymous) {
    return jdbc.prepareStatement(
        """
        with taken as (
          delete from coding_plans.usage_inbox where user_id = ? returning *)
        insert into coding_plans.usage_quarantine
               (event_id, user_id, category, kind, amount, list_cost_microdollars, occurred_at, reason)
        select event_id, ?, category, kind, cast(amount as text), list_cost_microdollars,
               cast(occurred_at as text), ?
          from taken""",
        statement -> {
          statement.setString(1, user.value());
          statement.setString(2, anonymous.value());
          statement.setString(3, QuarantineReason.ACCOUNT_DELETED.code());
          return statement.executeUpdate();
        });
  }

  /** Moves one record that waits. */
  @Transactional
  public int move(long position, QuarantineReason reason) {
    return jdbc.prepareStatement(
        """
        with taken as (
          delete from coding_plans.usage_inbox where position = ? returning *)
        insert into coding_plans.usage_quarantine
               (event_id, user_id, category, kind, amount, list_cost_microdollars, occurred_at, reason)
        select event_id, user_id, category, kind, cast(amount as text), list_cost_microdollars,
               cast(occurred_at as text), ?
          from taken""",
        statement -> {
          statement.setLong(1, position);
          statement.setString(2, reason.code());
          return statement.executeUpdate();
        });
  }

  /** Gives what there is of a user another name. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rename(UserId user, UserId to) {
    jdbc.prepareStatement(
        "update coding_plans.usage_quarantine set user_id = ? where user_id = ?",
        statement -> {
          statement.setString(1, to.value());
          statement.setString(2, user.value());
          return statement.executeUpdate();
        });
  }

  /** Returns what lies below the position, the latest first. */
  @Transactional(readOnly = true)
  public List<QuarantinedUsage> listBefore(long position, int most) {
    return jdbc.prepareStatement(
        """
        select position, event_id, user_id, category, kind, amount, list_cost_microdollars, occurred_at,
               reason, quarantined_at
          from coding_plans.usage_quarantine
         where position < ?
         order by position desc
         limit ?""",
        statement -> {
          statement.setLong(1, position);
          statement.setInt(2, most);
          var row = statement.executeQuery();
          var listed = new ArrayList<QuarantinedUsage>();
          while (row.next()) {
            listed.add(
                new QuarantinedUsage(
                    row.getLong("position"),
                    row.getString("event_id"),
                    row.getString("user_id"),
                    row.getString("category"),
                    row.getString("kind"),
                    row.getString("amount"),
                    row.getLong("list_cost_microdollars"),
                    row.getString("occurred_at"),
                    row.getString("reason"),
                    row.getObject("quarantined_at", OffsetDateTime.class).toInstant()));
          }
          return listed;
        });
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
