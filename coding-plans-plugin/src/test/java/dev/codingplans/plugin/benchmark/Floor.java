package dev.codingplans.plugin.benchmark;

/** Renewal as PostgreSQL alone would do it: no decision, no guard, no wire. */
final class Floor {

  static final String PROCEDURE =
      """
      create or replace procedure coding_plans.floor() language plpgsql as $$
      declare
        handled int;
        now     timestamptz := coding_plans.product_now();
      begin
        loop
          with due as materialized (
            select id, user_id, plan_id, provider_id, price_microdollars, renewal_at as start,
                   renewal_at + period_days * interval '1 day' as finish, gen_random_uuid() as entry
              from coding_plans.subscription
             where status in ('active', 'past_due')
               and (case status when 'past_due' then grace_ends_at else renewal_at end) <= now
             order by (case status when 'past_due' then grace_ends_at else renewal_at end), id
             limit 1000
               for no key update),
          charged as (
            update coding_plans.credit_account account
               set balance_microdollars = balance_microdollars - due.price_microdollars
              from due where account.user_id = due.user_id
            returning account.user_id, account.balance_microdollars),
          entered as (
            insert into coding_plans.ledger_entry
                   (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
            select due.entry, due.user_id, 'renewal', - due.price_microdollars, charged.balance_microdollars,
                   'Coding plan renewal: MiniMax Token Plan Plus', 'renewal:' || due.id || ':' || due.start, now
              from due join charged using (user_id)),
          paid as (
            insert into coding_plans.term
                   (id, subscription_id, kind, period_start, period_end, cost_microdollars, ledger_entry_id, created_at)
            select gen_random_uuid(), id, 'renewal', start, finish, price_microdollars, entry, now from due),
          told as (
            insert into coding_plans.event (user_id, type, payload, occurred_at)
            select user_id, 'subscription.renewed',
                   jsonb_build_object('subscriptionId', id, 'planId', plan_id, 'providerId', provider_id,
                                      'priceMicrodollars', price_microdollars, 'currentPeriodStart', start,
                                      'currentPeriodEnd', finish, 'skippedPeriods', 0), now from due)
          update coding_plans.subscription
             set current_period_start = due.start, current_period_end = due.finish, renewal_at = due.finish
            from due where subscription.id = due.id;
          get diagnostics handled = row_count;
          commit;
          exit when handled = 0;
        end loop;
      end
      $$""";

  private Floor() {}
}
