package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.billing.Decision.Renew;
import dev.codingplans.plugin.billing.Decision.StartGrace;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes what was decided, a statement for each kind of it, however many rows. */
@Singleton
class RenewalRows {

  private final JdbcOperations jdbc;

  RenewalRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Moves the subscriptions into the periods that were charged; returns how many. */
  @Transactional(propagation = Propagation.MANDATORY)
  public int renew(List<Renew> renewals) {
    return jdbc.prepareStatement(
        """
        update coding_plans.subscription
           set status = 'active', grace_ends_at = null,
               current_period_start = renewed.period_start,
               current_period_end = renewed.period_end, renewal_at = renewed.period_end
          from unnest(?, ?, ?, ?) as renewed (id, due_at, period_start, period_end)
         where subscription.id = renewed.id
           and subscription.status in ('active', 'past_due') and not subscription.cancel_at_period_end
           and subscription.renewal_at = renewed.due_at""",
        statement -> {
          Columns.of(renewals)
              .uuid(renewal -> renewal.subscription().id())
              .timestamp(renewal -> renewal.subscription().renewalAt())
              .timestamp(renewal -> renewal.term().start())
              .timestamp(renewal -> renewal.term().end())
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  /** Adds the charged terms, each with the entry of its charge. */
  @Transactional(propagation = Propagation.MANDATORY)
  public int addTerms(List<ChargedTerm> terms, Instant at) {
    return jdbc.prepareStatement(
        """
        insert into coding_plans.term
               (id, subscription_id, kind, period_start, period_end, cost_microdollars, ledger_entry_id, created_at)
        select id, subscription_id, 'renewal', period_start, period_end, cost, ledger_entry_id, ?
          from unnest(?, ?, ?, ?, ?, ?)
            as terms (id, subscription_id, period_start, period_end, cost, ledger_entry_id)""",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(at));
          Columns.of(terms)
              .uuid(ChargedTerm::id)
              .uuid(charged -> charged.renewal().subscription().id())
              .timestamp(charged -> charged.renewal().term().start())
              .timestamp(charged -> charged.renewal().term().end())
              .bigint(charged -> charged.renewal().subscription().priceMicrodollars())
              .uuid(ChargedTerm::entry)
              .bind(statement, 2);
          return statement.executeUpdate();
        });
  }

  /** Lets access go on without a charge; returns how many. */
  @Transactional(propagation = Propagation.MANDATORY)
  public int startGrace(List<StartGrace> graces) {
    return jdbc.prepareStatement(
        """
        update coding_plans.subscription
           set status = 'past_due', grace_ends_at = graces.until
          from unnest(?, ?) as graces (id, until)
         where subscription.id = graces.id
           and subscription.status = 'active' and not subscription.cancel_at_period_end""",
        statement -> {
          Columns.of(graces)
              .uuid(grace -> grace.subscription().id())
              .timestamp(StartGrace::until)
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  /** A term with the entry of its charge. */
  record ChargedTerm(UUID id, UUID entry, Renew renewal) {

    static ChargedTerm of(Renew renewal) {
      return new ChargedTerm(UUID.randomUUID(), UUID.randomUUID(), renewal);
    }
  }
}
