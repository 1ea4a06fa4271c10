-- Tables in the order in which every use case locks them, and not behind a writer that takes its time.
set local lock_timeout = '5s';

-- Whether credit may be collected when a renewal lacks it.
alter table coding_plans.credit_account add column auto_top_up boolean not null default false;

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

-- Attempts to collect credit, recorded before they are made: one for each due term, whatever becomes of it.
-- Requested: the host was asked and has not answered; parked: it collected for an account that is gone.
create table coding_plans.top_up (
  id                  uuid        primary key,
  user_id             text        not null references coding_plans.credit_account on update cascade,
  subscription_id     uuid        not null references coding_plans.subscription,
  due_at              timestamptz not null,
  amount_microdollars bigint      not null check (amount_microdollars > 0),
  state               text        not null default 'requested' check (state in
    ('requested', 'pending', 'succeeded', 'failed', 'parked')),
  reason              text,
  requested_at        timestamptz not null,
  finished_at         timestamptz,
  unique (subscription_id, due_at),
  constraint top_up_finishes_once check ((state = 'requested') = (finished_at is null))
);

create index top_up_by_user on coding_plans.top_up (user_id);
