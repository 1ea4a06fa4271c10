-- Tables in the order in which every use case locks them, and not behind a writer that takes its time.
set local lock_timeout = '5s';
lock table coding_plans.subscription in share row exclusive mode;
lock table coding_plans.credential in access exclusive mode;

-- The queue of what is to be ended at the providers.
-- Attempts: all of them, an operator's that failed too; tries: those of an adapter since it was queued last.
-- Times of attempts are real ones. Nothing is read here: the next script does, without this lock.
alter table coding_plans.credential
  add column revocation_attempts        int         not null default 0,
  add column revocation_tries           int         not null default 0,
  add column revocation_error           text,
  add column revocation_next_attempt_at timestamptz not null default now(),
  add column revoked_at                 timestamptz,
  add constraint credential_revocation_counts
    check (revocation_attempts >= 0 and revocation_tries >= 0) not valid,
  add constraint credential_revocation_error_is_short check (length(revocation_error) <= 300) not valid;

-- The queue is in the order of requests, so each has its time, also one that is made by hand.
create function coding_plans.date_revocation_request() returns trigger language plpgsql as $$
begin
  new.revocation_requested_at := coding_plans.product_now();
  return new;
end
$$;

create trigger credential_revocation_is_dated
  before update on coding_plans.credential
  for each row
  when (new.status in ('revocation_pending', 'revocation_failed', 'revoked') and new.revocation_requested_at is null)
  execute function coding_plans.date_revocation_request();

-- What was last told of a plan's stock; absent means sold out. So each crossing is told once.
create table coding_plans.stock_level (
  plan_id    text        primary key,
  level      text        not null check (level in ('enough', 'low', 'sold_out')),
  changed_at timestamptz not null default coding_plans.product_now()
);

-- Credentials that were replaced because they did not work any more. In real time: it limits how many are.
create table coding_plans.automatic_swap (
  credential_id   uuid        primary key references coding_plans.credential,
  subscription_id uuid        not null references coding_plans.subscription,
  plan_id         text        not null,
  swapped_at      timestamptz not null default clock_timestamp()
);

create index automatic_swap_of_subscription on coding_plans.automatic_swap (subscription_id, swapped_at);
create index automatic_swap_of_plan on coding_plans.automatic_swap (plan_id, swapped_at);
