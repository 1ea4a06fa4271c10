-- When an event was written, in real time: retention counts from here. Rows from before count from now.
alter table coding_plans.event add column recorded_at timestamptz not null default now();

-- The queue of each listener, written with the event. All its times are real ones.
create table coding_plans.event_delivery (
  id              bigint      generated always as identity primary key,
  listener        text        not null check (length(listener) between 1 and 64),
  event_id        bigint      not null references coding_plans.event on delete cascade,
  user_id         text,
  attempts        int         not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null default clock_timestamp(),
  last_error      text        check (length(last_error) <= 200),
  created_at      timestamptz not null default clock_timestamp(),
  delivered_at    timestamptz,
  abandoned_at    timestamptz,
  unique (event_id, listener),
  constraint event_delivery_ends_once check (delivered_at is null or abandoned_at is null)
);

create index event_delivery_due on coding_plans.event_delivery (listener, next_attempt_at, event_id)
  where delivered_at is null and abandoned_at is null;

create index event_delivery_of_user on coding_plans.event_delivery (listener, user_id, event_id)
  where delivered_at is null and abandoned_at is null;

create index event_delivery_pending on coding_plans.event_delivery (listener, id)
  where delivered_at is null and abandoned_at is null;

create index event_delivery_abandoned on coding_plans.event_delivery (id)
  where abandoned_at is not null;
