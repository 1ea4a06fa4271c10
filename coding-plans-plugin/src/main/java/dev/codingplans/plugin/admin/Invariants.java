package dev.codingplans.plugin.admin;

import dev.codingplans.plugin.credit.DeletedName;
import java.util.List;

/** What is true of the tables after every commit (L3). */
final class Invariants {

  private static final Check BALANCE_EQUALS_ENTRIES =
      Check.ofMoney(
          "balance-equals-entries",
          """
          select account.user_id, 'account ' || account.user_id as violation
            from coding_plans.credit_account account
            left join (select user_id, sum(amount_microdollars) as total
                         from coding_plans.ledger_entry
                        group by user_id) entries on entries.user_id = account.user_id
           where account.balance_microdollars <> coalesce(entries.total, 0)""");

  private static final Check BALANCE_NOT_NEGATIVE =
      Check.ofMoney(
          "balance-not-negative",
          """
          select user_id, 'account ' || user_id as violation
            from coding_plans.credit_account
           where balance_microdollars < 0""");

  private static final Check NEWEST_ENTRY_SHOWS_BALANCE =
      Check.ofMoney(
          "newest-entry-shows-balance",
          """
          select account.user_id, 'account ' || account.user_id as violation
            from coding_plans.credit_account account
           cross join lateral (select balance_after_microdollars
                                 from coding_plans.ledger_entry
                                where user_id = account.user_id
                                order by position desc
                                limit 1) newest
           where newest.balance_after_microdollars <> account.balance_microdollars""");

  /** A term names its entry, and no two name the same: so it has one debit, and not two. */
  private static final Check TERM_HAS_ITS_DEBIT =
      Check.ofMoney(
          "term-has-its-debit",
          """
          select subscription.user_id, 'term ' || term.id as violation
            from coding_plans.term
            join coding_plans.subscription on subscription.id = term.subscription_id
            left join coding_plans.ledger_entry debit
              on debit.id = term.ledger_entry_id
             and debit.user_id = subscription.user_id
             and debit.kind = term.kind
             and debit.amount_microdollars = - term.cost_microdollars
           where debit.id is null""");

  private static final Check DEBIT_HAS_ITS_TERM =
      Check.ofMoney(
          "debit-has-its-term",
          """
          select debit.user_id, 'entry ' || debit.id as violation
            from coding_plans.ledger_entry debit
           where debit.kind in ('activation', 'renewal', 'extension')
             and not exists (select from coding_plans.term where term.ledger_entry_id = debit.id)""");

  private static final Check SUBSCRIPTION_HAS_ITS_ACTIVATION =
      Check.ofMoney(
          "subscription-has-its-activation",
          """
          select subscription.user_id, 'subscription ' || subscription.id as violation
            from coding_plans.subscription
           where (select count(*) from coding_plans.term
                   where term.subscription_id = subscription.id and term.kind = 'activation') <> 1""");

  /** Whoever paid for the same time twice was charged twice, whatever the keys say. */
  private static final Check TERMS_DO_NOT_OVERLAP =
      Check.ofMoney(
          "terms-do-not-overlap",
          """
          select following.user_id, 'term ' || following.id as violation
            from (select subscription.user_id, term.id, term.period_end,
                         lead(term.period_start)
                           over (partition by subscription.user_id, subscription.id order by term.period_start)
                           as next_start
                    from coding_plans.term
                    join coding_plans.subscription on subscription.id = term.subscription_id) following
           where following.next_start < following.period_end""");

  private static final Check TOP_UP_HAS_ITS_CREDIT =
      Check.ofMoney(
          "top-up-has-its-credit",
          """
          select top_up.user_id, 'top-up ' || top_up.id as violation
            from coding_plans.top_up
            left join coding_plans.ledger_entry credit
              on credit.user_id = top_up.user_id
             and credit.idempotency_key = 'top-up:' || top_up.id
             and credit.kind = 'paid_credit'
           where (top_up.state = 'succeeded') <> (credit.id is not null)
              or credit.amount_microdollars <> top_up.amount_microdollars""");

  private static final Check ALLOWANCE_HAS_ITS_DEBIT =
      Check.ofMoney(
          "allowance-has-its-debit",
          """
          select allowance.user_id, 'allowance ' || allowance.id as violation
            from coding_plans.allowance
            left join coding_plans.ledger_entry debit
              on debit.id = allowance.ledger_entry_id
             and debit.user_id = allowance.user_id
             and debit.kind = 'quota_purchase'
             and debit.amount_microdollars = - allowance.price_microdollars
           where debit.id is null""");

  private static final Check DEBIT_HAS_ITS_ALLOWANCE =
      Check.ofMoney(
          "debit-has-its-allowance",
          """
          select debit.user_id, 'entry ' || debit.id as violation
            from coding_plans.ledger_entry debit
           where debit.kind = 'quota_purchase'
             and not exists (select from coding_plans.allowance where allowance.ledger_entry_id = debit.id)""");

  /** Of each unit there is one allocation, and all units together cost the price. */
  private static final Check ALLOCATIONS_ADD_UP =
      Check.ofAccess(
          "allocations-add-up",
          """
          select allowance.user_id, 'allowance ' || allowance.id as violation
            from coding_plans.allowance
            left join (select allowance_id, count(*) as taken, sum(cost_microdollars) as cost
                         from coding_plans.allocation
                        group by allowance_id) units on units.allowance_id = allowance.id
           where coalesce(units.taken, 0) <> allowance.units_used
              or coalesce(units.cost, 0)
                 <> allowance.price_microdollars / allowance.units_total * allowance.units_used
                    + least(allowance.units_used, allowance.price_microdollars % allowance.units_total)""");

  private static final Check PAYMENT_HAS_ITS_ENTRY =
      Check.ofMoney(
          "payment-has-its-entry",
          """
          select payment.account_id as user_id, payment.type || ' ' || payment.id as violation
            from coding_plans.payment
            left join coding_plans.ledger_entry entry
              on entry.id = payment.ledger_entry_id and entry.user_id = payment.account_id
           where payment.state = 'applied'
             and case payment.type
                   when 'payment.succeeded' then
                     (entry.kind, entry.amount_microdollars)
                     is distinct from ('paid_credit', payment.amount_microdollars)
                   else
                     (coalesce(entry.kind, 'refund'), coalesce(entry.amount_microdollars, 0))
                     is distinct from ('refund', - payment.taken_microdollars)
                 end""");

  private static final Check CREDIT_HAS_ITS_PAYMENT =
      Check.ofMoney(
          "credit-has-its-payment",
          """
          select entry.user_id, 'entry ' || entry.id as violation
            from coding_plans.ledger_entry entry
           where entry.kind = 'paid_credit'
             and entry.idempotency_key like 'payment:%'
             and not exists (select from coding_plans.payment
                              where payment.ledger_entry_id = entry.id and payment.type = 'payment.succeeded'
                                and payment.state = 'applied')""");

  private static final Check REFUND_HAS_ITS_PAYMENT =
      Check.ofMoney(
          "refund-has-its-payment",
          """
          select entry.user_id, 'entry ' || entry.id as violation
            from coding_plans.ledger_entry entry
           where entry.kind = 'refund'
             and not exists (select from coding_plans.payment
                              where payment.ledger_entry_id = entry.id and payment.type = 'payment.refunded')""");

  private static final Check REFUNDS_ADD_UP =
      Check.ofMoney(
          "refunds-add-up",
          """
          select payment.account_id as user_id, 'payment ' || payment.id as violation
            from coding_plans.payment
            left join (select payment_id, account_id, sum(taken_microdollars + owed_microdollars) as total
                         from coding_plans.payment
                        where type = 'payment.refunded' and state = 'applied'
                        group by payment_id, account_id) refunds
              on refunds.payment_id = payment.id and refunds.account_id = payment.account_id
           where payment.type = 'payment.succeeded' and payment.state = 'applied'
             and payment.refunded_microdollars <> coalesce(refunds.total, 0)""");

  /** What has expired is nobody's. */
  private static final Check LEASES_WITHIN_BALANCE =
      Check.ofAccess(
          "leases-within-balance",
          """
          select account.user_id, 'account ' || account.user_id as violation
            from coding_plans.credit_account account
            join (select user_id, sum(granted_microdollars - charged_microdollars) as leased
                    from coding_plans.credit_lease
                   where expires_at > clock_timestamp()
                     and granted_microdollars > charged_microdollars
                   group by user_id) leases on leases.user_id = account.user_id
           where leases.leased > account.balance_microdollars""");

  private static final Check TENURE_STARTS_WITH_FIRST_PAYMENT =
      Check.ofAccess(
          "tenure-starts-with-first-payment",
          """
          select account.user_id, 'account ' || account.user_id as violation
            from coding_plans.credit_account account
            left join lateral (select created_at
                                 from coding_plans.ledger_entry
                                where user_id = account.user_id and kind = 'paid_credit'
                                order by position
                                limit 1) payment on true
           where account.first_paid_at is distinct from payment.created_at""");

  /** The entry's key names the event, and is unique: so a use has one debit, and not two. */
  private static final Check USAGE_HAS_ITS_DEBIT =
      Check.ofMoney(
          "usage-has-its-debit",
          """
          select usage.user_id, 'usage ' || usage.position as violation
            from coding_plans.usage_record usage
            left join coding_plans.ledger_entry debit
              on debit.id = usage.ledger_entry_id
             and debit.user_id = usage.user_id
             and debit.kind = 'usage'
             and debit.idempotency_key = 'usage:' || usage.event_id
             and debit.amount_microdollars = usage.uncollected_microdollars - usage.charge_microdollars
           where debit.id is null""");

  private static final Check USAGE_IS_CHARGED_ONCE =
      Check.ofMoney(
          "usage-is-charged-once",
          """
          select usage.user_id, 'usage ' || usage.position as violation
            from (select user_id, position, count(*) over (partition by user_id, ledger_entry_id) as records
                    from coding_plans.usage_record) usage
           where usage.records > 1""");

  private static final Check CHARGE_FOLLOWS_FROM_LIST_COST =
      Check.ofMoney(
          "charge-follows-from-list-cost",
          """
          select user_id, 'usage ' || position as violation
            from coding_plans.usage_record
           where charge_microdollars <> ceil(list_cost_microdollars * multiplier)""");

  private static final Check CREDENTIAL_SERVES_ONE_SUBSCRIPTION =
      Check.ofAccess(
          "credential-serves-one-subscription",
          """
          select credential.assigned_to as user_id, 'credential ' || credential.id as violation
            from coding_plans.credential
           where credential.status = 'assigned'
             and (select count(*) from coding_plans.subscription
                   where subscription.credential_id = credential.id
                     and subscription.status in ('active', 'past_due')) <> 1""");

  private static final Check SUBSCRIPTION_HAS_ITS_CREDENTIAL =
      Check.ofAccess(
          "subscription-has-its-credential",
          """
          select subscription.user_id, 'subscription ' || subscription.id as violation
            from coding_plans.subscription
            left join coding_plans.credential
              on credential.id = subscription.credential_id
             and credential.status = 'assigned'
             and credential.assigned_to = subscription.user_id
             and credential.provider_id = subscription.provider_id
             and credential.plan_id = subscription.plan_id
           where subscription.status in ('active', 'past_due') and credential.id is null""");

  private static final Check MANAGED_KEY_HAS_ITS_SUBSCRIPTION =
      Check.ofAccess(
          "managed-key-has-its-subscription",
          """
          select key.user_id, 'key ' || key.id as violation
            from coding_plans.byok_key key
           where key.source = 'plan'
             and not exists (select from coding_plans.subscription
                              where subscription.id = key.subscription_id
                                and subscription.user_id = key.user_id
                                and subscription.provider_id = key.provider_id
                                and subscription.status in ('active', 'past_due'))""");

  private static final Check DELETED_ACCOUNT_HOLDS_NOTHING =
      Check.ofAccess(
          "deleted-account-holds-nothing",
          """
          select account.user_id, 'account ' || account.user_id as violation
            from coding_plans.credit_account account
           where account.user_id ~ %s
             and (exists (select from coding_plans.subscription
                           where user_id = account.user_id and status in ('active', 'past_due'))
                  or exists (select from coding_plans.byok_key where user_id = account.user_id)
                  or exists (select from coding_plans.availability_intent where user_id = account.user_id)
                  or exists (select from coding_plans.credential where assigned_to = account.user_id)
                  or exists (select from coding_plans.allocation
                              where user_id = account.user_id
                                and (label is not null
                                     or released_at is null and expires_at > coding_plans.product_now())))"""
              .formatted(DeletedName.PATTERN));

  private static final Check CREDENTIAL_HAS_TEXT_WHILE_IN_USE =
      Check.ofAccess(
          "credential-has-text-while-in-use",
          """
          select assigned_to as user_id, 'credential ' || id as violation
            from coding_plans.credential
           where (status in ('unverified', 'available', 'assigned')) <> (ciphertext is not null)""");

  private static final Check ENDED_UPLOAD_KEEPS_NO_KEY =
      Check.ofAccess(
          "ended-upload-keeps-no-key",
          """
          select cast(null as text) as user_id, 'upload ' || line.upload_id || ' line ' || line.line as violation
            from coding_plans.upload_line line
            join coding_plans.upload on upload.id = line.upload_id
           where upload.state = 'done' and line.ciphertext is not null""");

  static final List<Check> ALL =
      List.of(
          BALANCE_EQUALS_ENTRIES,
          BALANCE_NOT_NEGATIVE,
          NEWEST_ENTRY_SHOWS_BALANCE,
          TERM_HAS_ITS_DEBIT,
          DEBIT_HAS_ITS_TERM,
          SUBSCRIPTION_HAS_ITS_ACTIVATION,
          TERMS_DO_NOT_OVERLAP,
          TOP_UP_HAS_ITS_CREDIT,
          ALLOWANCE_HAS_ITS_DEBIT,
          DEBIT_HAS_ITS_ALLOWANCE,
          ALLOCATIONS_ADD_UP,
          PAYMENT_HAS_ITS_ENTRY,
          CREDIT_HAS_ITS_PAYMENT,
          REFUND_HAS_ITS_PAYMENT,
          REFUNDS_ADD_UP,
          LEASES_WITHIN_BALANCE,
          TENURE_STARTS_WITH_FIRST_PAYMENT,
          USAGE_HAS_ITS_DEBIT,
          USAGE_IS_CHARGED_ONCE,
          CHARGE_FOLLOWS_FROM_LIST_COST,
          CREDENTIAL_SERVES_ONE_SUBSCRIPTION,
          SUBSCRIPTION_HAS_ITS_CREDENTIAL,
          MANAGED_KEY_HAS_ITS_SUBSCRIPTION,
          DELETED_ACCOUNT_HOLDS_NOTHING,
          CREDENTIAL_HAS_TEXT_WHILE_IN_USE,
          ENDED_UPLOAD_KEEPS_NO_KEY);

  private Invariants() {}
}
