-- What sweeps did, a week of it; of those that found nothing to do, an hour. In real time, on whichever node.
create table coding_plans.sweep_report (
  id                         bigint      generated always as identity primary key,
  finished_at                timestamptz not null default clock_timestamp(),
  duration_ms                bigint      not null,
  renewed                    bigint      not null,
  past_due_started           bigint      not null,
  recovered                  bigint      not null,
  ended_insufficient_credits bigint      not null,
  ended_at_period_end        bigint      not null,
  top_ups_requested          bigint      not null,
  waiting                    bigint      not null,
  errors                     bigint      not null,
  idle                       boolean     not null generated always as
    (renewed + past_due_started + recovered + ended_insufficient_credits + ended_at_period_end
     + top_ups_requested + errors = 0) stored
);

create index sweep_report_by_time on coding_plans.sweep_report (idle, finished_at);

-- What reconciliations found, a week of it: for each check how many violations, and not whose.
create table coding_plans.reconciliation_report (
  id          bigint      generated always as identity primary key,
  finished_at timestamptz not null default clock_timestamp(),
  checks      jsonb       not null
);

create index reconciliation_report_by_time on coding_plans.reconciliation_report (finished_at);
