package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** What was charged, and what it means to the accounts. */
@Singleton
class UsageRecordRows {

  private final JdbcOperations jdbc;

  UsageRecordRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void add(List<DueUsage> due, List<ChargedUsage> charged, Instant at) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.usage_record
               (ledger_entry_id, event_id, user_id, category, kind, amount, list_cost_microdollars, multiplier,
                charge_microdollars, uncollected_microdollars, occurred_at, estimated, charged_at)
        select entry, event_id, user_id, category, kind, amount, list_cost, multiplier,
               charge, uncollected, occurred_at, estimated, ?
          from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
            as charged (event_id, user_id, category, kind, amount, list_cost, occurred_at, estimated,
                        entry, multiplier, charge, uncollected, number)
         order by number""",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(at));
          Columns.of(due)
              .text(DueUsage::eventId)
              .text(usage -> usage.user().value())
              .text(DueUsage::category)
              .text(DueUsage::kind)
              .numeric(DueUsage::amount)
              .bigint(DueUsage::listCostMicrodollars)
              .timestamp(DueUsage::occurredAt)
              .truth(DueUsage::estimated)
              .bind(statement, 2);
          Columns.of(charged)
              .uuid(ChargedUsage::entry)
              .numeric(ChargedUsage::multiplier)
              .bigint(ChargedUsage::chargeMicrodollars)
              .bigint(ChargedUsage::uncollectedMicrodollars)
              .bind(statement, 10);
          return statement.executeUpdate();
        });
  }

  /** Sums up what was not collected, and touches when the users were last active (D4). */
  @Transactional(propagation = Propagation.MANDATORY)
  public void noteOnAccounts(List<DueUsage> due, List<ChargedUsage> charged, Instant now) {
    var notes = new LinkedHashMap<UserId, Note>();
    for (int i = 0; i < due.size(); i++) {
      var usage = due.get(i);
      var activeAt = usage.occurredAt().isAfter(now) ? now : usage.occurredAt();
      notes.merge(
          usage.user(),
          new Note(usage.user(), charged.get(i).uncollectedMicrodollars(), activeAt),
          Note::plus);
    }
    jdbc.prepareStatement(
        """
        update coding_plans.credit_account account
           set uncollected_microdollars = account.uncollected_microdollars + notes.uncollected,
               last_active_at = greatest(account.last_active_at, notes.active_at)
          from unnest(?, ?, ?) as notes (user_id, uncollected, active_at)
         where account.user_id = notes.user_id""",
        statement -> {
          Columns.of(List.copyOf(notes.values()))
              .text(note -> note.user().value())
              .bigint(Note::uncollected)
              .timestamp(Note::activeAt)
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  /** Gives what was charged to a user another name. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rename(UserId user, UserId to) {
    jdbc.prepareStatement(
        "update coding_plans.usage_record set user_id = ? where user_id = ?",
        statement -> {
          statement.setString(1, to.value());
          statement.setString(2, user.value());
          return statement.executeUpdate();
        });
  }

  /** What charges mean to an account beside its balance. */
  private record Note(UserId user, long uncollected, Instant activeAt) {

    Note plus(Note other) {
      return new Note(
          user,
          Math.addExact(uncollected, other.uncollected),
          activeAt.isAfter(other.activeAt) ? activeAt : other.activeAt);
    }
  }
}
