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
import java.util.Map;
import java.util.Optional;

/** What is not charged because it cannot be right. */
@Singleton
class QuarantineRows {

  /** What makes no sense need not be kept as a whole. */
  private static final int MAX_TEXT = 100;

  private final JdbcOperations jdbc;

  QuarantineRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds records that have come in.
   *
   * @param deletions of those of their users whose account was deleted, and who have no name here
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(List<Judged> judged, Map<UserId, Deletion> deletions) {
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
              .text(each -> nameOf(each, deletions).value())
              .text(each -> cut(each.arrival().usage().category()))
              .text(each -> InboxRows.code(each.arrival().usage().kind()))
              .text(each -> cut(each.arrival().usage().amount().toString()))
              .bigint(each -> each.arrival().usage().listCostMicrodollars())
              .text(each -> each.occurredAt().toString())
              .text(each -> each.doubt().orElseThrow().code())
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  /** Moves what waits of accounts that were deleted, without their users' names. */
  @Transactional(propagation = Propagation.MANDATORY)
  public int moveAllOf(List<Deletion> deletions) {
    if (deletions.isEmpty()) {
      return 0;
    }
    // Chosen in one order everywhere, so that no two that move the same wait for each other.
    return jdbc.prepareStatement(
        """
        with chosen as (
          select inbox.position, deletion.anonymous
            from unnest(?, ?, ?, ?) as deletion (user_id, anonymous, deleted_at, returned)
            join coding_plans.usage_inbox inbox
              on inbox.user_id = deletion.user_id
             and (not deletion.returned or inbox.occurred_at <= deletion.deleted_at)
           order by inbox.position
             for update of inbox
        ), taken as (
          delete from coding_plans.usage_inbox inbox using chosen
           where inbox.position = chosen.position
          returning inbox.*, chosen.anonymous)
        insert into coding_plans.usage_quarantine
               (event_id, user_id, category, kind, amount, list_cost_microdollars, occurred_at, reason)
        select event_id, anonymous, category, kind, cast(amount as text), list_cost_microdollars,
               cast(occurred_at as text), ?
          from taken""",
        statement -> {
          Columns.of(deletions)
              .text(deletion -> deletion.user().value())
              .text(deletion -> deletion.anonymous().value())
              .timestamp(Deletion::at)
              .truth(Deletion::returned)
              .bind(statement);
          statement.setString(5, QuarantineReason.ACCOUNT_DELETED.code());
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

  private static UserId nameOf(Judged judged, Map<UserId, Deletion> deletions) {
    return Optional.ofNullable(deletions.get(judged.user()))
        .filter(deletion -> deletion.covers(judged.occurredAt()))
        .map(Deletion::anonymous)
        .orElse(judged.user());
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
