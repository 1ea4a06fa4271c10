-- The renewal that the user has been reminded of.
alter table coding_plans.subscription add column reminded_of timestamptz;

-- Renewals that could not be made although it was their time: tried again later, so that they keep none from theirs.
create table coding_plans.billing_failure (
  subscription_id uuid        primary key references coding_plans.subscription,
  attempts        int         not null check (attempts > 0),
  reason          text        not null,
  failed_at       timestamptz not null default clock_timestamp(),
  retry_at        timestamptz not null
);

-- When access ended that a credential had given; revocation reports it.
alter table coding_plans.credential add column access_ended_at timestamptz;

-- When a scheduled cancellation takes effect; null if there is none.
create function coding_plans.scheduled_end(subscription coding_plans.subscription) returns timestamptz
  language sql immutable
  return case
    when not subscription.cancel_at_period_end or subscription.status = 'canceled' then null
    when subscription.status = 'past_due' then subscription.grace_ends_at
    else subscription.current_period_end
  end;
