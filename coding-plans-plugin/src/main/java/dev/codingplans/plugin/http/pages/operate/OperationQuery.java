package dev.codingplans.plugin.http.pages.operate;

/**
 * The statement that looks at everything which an operator looks after: one object of JSON, with
 * the fields of {@link Operation}. Whatever can be long is cut.
 */
final class OperationQuery {

  /** As billing sees it: the index subscription_due has the same expression. */
  private static final String RENEWALS =
      """
      select json_build_object(
               'due', count(*),
               'oldestAge', cast(extract(epoch from (select now from clock) - min(at)) as bigint),
               'waiting', (select count(*) from coding_plans.subscription
                            where status = 'past_due' and not cancel_at_period_end),
               'failing', (select count(*) from coding_plans.billing_failure
                            join coding_plans.subscription on subscription.id = subscription_id
                           where status in ('active', 'past_due')))
        from (select case status when 'past_due' then grace_ends_at else renewal_at end as at
                from coding_plans.subscription
               where status in ('active', 'past_due')
                 and (case status when 'past_due' then grace_ends_at else renewal_at end) <= (select now from clock)
               order by 1
               limit 10000) due""";

  private static final String FAILED_RENEWALS =
      """
      select coalesce(json_agg(failure), '[]')
        from (select subscription_id as subscription, user_id as "user", attempts, reason, retry_at as "retryAt"
                from coding_plans.billing_failure
                join coding_plans.subscription on subscription.id = subscription_id
               where status in ('active', 'past_due')
               order by failed_at desc
               limit 10) failure""";

  /** The last one in any case, and others only if they had something to do. */
  private static final String SWEEPS =
      """
      select coalesce(json_agg(json_build_object(
               'finishedAt', finished_at,
               'age', cast(extract(epoch from clock_timestamp() - finished_at) as bigint),
               'durationMs', duration_ms,
               'renewed', renewed,
               'pastDueStarted', past_due_started,
               'recovered', recovered,
               'endedInsufficientCredits', ended_insufficient_credits,
               'endedAtPeriodEnd', ended_at_period_end,
               'topUpsRequested', top_ups_requested,
               'waiting', waiting,
               'errors', errors) order by finished_at desc, id desc), '[]')
        from ((select * from coding_plans.sweep_report where not idle order by finished_at desc limit 10)
              union all
              (select * from coding_plans.sweep_report where idle order by finished_at desc limit 1)) sweep""";

  private static final String LAST_DAY =
      """
      select json_build_object(
               'renewed', coalesce(sum(renewed), 0),
               'pastDueStarted', coalesce(sum(past_due_started), 0),
               'recovered', coalesce(sum(recovered), 0),
               'endedInsufficientCredits', coalesce(sum(ended_insufficient_credits), 0),
               'endedAtPeriodEnd', coalesce(sum(ended_at_period_end), 0),
               'errors', coalesce(sum(errors), 0))
        from coding_plans.sweep_report
       where not idle and finished_at > clock_timestamp() - interval '1 day'""";

  private static final String RECONCILIATION =
      """
      select json_build_object(
               'finishedAt', finished_at,
               'age', cast(extract(epoch from clock_timestamp() - finished_at) as bigint),
               'checks', checks)
        from coding_plans.reconciliation_report
       order by finished_at desc
       limit 1""";

  private static final String PAYMENTS =
      """
      select json_build_object(
               'count', (select count(*) from (select from coding_plans.payment where state = 'parked' limit 10000) parked),
               'latest', coalesce(json_agg(payment), '[]'))
        from (select id, type, user_id as "user", amount_microdollars as "amountMicrodollars", received_at as "receivedAt"
                from coding_plans.payment
               where state = 'parked'
               order by position desc
               limit 10) payment""";

  private static final String QUARANTINE =
      """
      select json_build_object(
               'count', (select count(*) from (select from coding_plans.usage_quarantine limit 10000) quarantined),
               'latest', coalesce(json_agg(doubtful), '[]'))
        from (select event_id as "eventId", user_id as "user", reason, list_cost_microdollars as "listCostMicrodollars",
                     quarantined_at as at
                from coding_plans.usage_quarantine
               order by position desc
               limit 10) doubtful""";

  private static final String DELIVERIES =
      """
      select coalesce(json_agg(json_build_object(
               'listener', listener,
               'pending', pending,
               'oldestAge', coalesce(cast(extract(epoch from clock_timestamp() - oldest) as bigint), 0),
               'abandoned', abandoned) order by listener), '[]')
        from (select listener,
                     count(*) filter (where abandoned_at is null) as pending,
                     min(created_at) filter (where abandoned_at is null) as oldest,
                     count(abandoned_at) as abandoned
                from ((select listener, created_at, abandoned_at from coding_plans.event_delivery
                        where delivered_at is null and abandoned_at is null limit 10000)
                      union all
                      (select listener, created_at, abandoned_at from coding_plans.event_delivery
                        where abandoned_at is not null limit 10000)) undelivered
               group by listener) backlog""";

  private static final String CREDENTIALS =
      """
      select json_build_object(
               'unhealthy', (select count(*) from coding_plans.credential
                              where status = 'assigned' and health <> 'healthy'),
               'latest', coalesce(json_agg(unhealthy), '[]'))
        from (select credential.id, credential.plan_id as plan, health, unhealthy_since as since, user_id as "user"
                from coding_plans.credential
                join coding_plans.subscription on subscription.credential_id = credential.id
                                              and subscription.status in ('active', 'past_due')
               where credential.status = 'assigned' and health <> 'healthy'
               order by unhealthy_since desc
               limit 20) unhealthy""";

  private static final String ROTATION =
      """
      select json_build_object(
               'key', key_id,
               'running', state = 'running',
               'total', greatest(total, done),
               'done', done,
               'failed', (select count(*) from coding_plans.vault_rotation_failure),
               'startedAt', started_at,
               'finishedAt', finished_at)
        from coding_plans.vault_rotation""";

  static final String SQL =
      """
      with clock as materialized (select coding_plans.product_now() as now)
      select json_build_object(
               'renewals', (%s),
               'failedRenewals', (%s),
               'sweeps', (%s),
               'lastDay', (%s),
               'reconciliation', (%s),
               'parkedAccounts', (select count(*) from coding_plans.credit_account where parked_at is not null),
               'payments', (%s),
               'quarantine', (%s),
               'usageWaiting', (select count(*) from (select from coding_plans.usage_inbox limit 10000) waiting),
               'deliveries', (%s),
               'credentials', (%s),
               'rotation', (%s))"""
          .formatted(
              RENEWALS,
              FAILED_RENEWALS,
              SWEEPS,
              LAST_DAY,
              RECONCILIATION,
              PAYMENTS,
              QUARANTINE,
              DELIVERIES,
              CREDENTIALS,
              ROTATION);

  private OperationQuery() {}
}
