-- Not behind a writer that takes its time.
set local lock_timeout = '5s';

-- What an account could not pay, when its user was last active, and the step of the ladder that was last told.
alter table coding_plans.credit_account
  add column uncollected_microdollars bigint not null default 0,
  add column last_active_at           timestamptz,
  add column discount_tier            text,
  add constraint credit_account_uncollected check (uncollected_microdollars >= 0) not valid;

-- Not of accounts that are older than the ladder: of them nothing was told, so that their first step is no change.
alter table coding_plans.credit_account alter column discount_tier set default 'none';

-- Which uses are known already. Kept longer than the records; whatever is older than that is quarantined.
create table coding_plans.usage_key (
  event_id    text        primary key check (length(event_id) between 1 and 200),
  accepted_at timestamptz not null default clock_timestamp()
);

-- Rows come in the order of their time, so that this is enough to find old ones.
create index usage_key_by_age on coding_plans.usage_key using brin (accepted_at);

-- What is accepted and not charged yet.
create table coding_plans.usage_inbox (
  position               bigint      generated always as identity primary key,
  event_id               text        not null,
  user_id                text        not null,
  category               text        not null,
  kind                   text        not null check (kind in ('vm_hour', 'llm_token', 'hero_os_hour', 'other')),
  amount                 numeric     not null check (amount >= 0),
  list_cost_microdollars bigint      not null check (list_cost_microdollars >= 0),
  occurred_at            timestamptz not null,
  estimated              boolean     not null,
  lease_id               uuid
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0);

-- For an account that is deleted.
create index usage_inbox_by_user on coding_plans.usage_inbox (user_id);

-- What cannot be right is shown to the operator and not charged.
create table coding_plans.usage_quarantine (
  position               bigint      generated always as identity primary key,
  event_id               text        not null unique,
  user_id                text        not null,
  category               text        not null,
  kind                   text        not null,
  amount                 text        not null,
  list_cost_microdollars bigint      not null,
  occurred_at            text        not null,
  reason                 text        not null check (reason in
    ('cost_too_high', 'amount_too_high', 'too_old', 'in_the_future', 'unknown_category', 'account_deleted', 'not_chargeable')),
  quarantined_at         timestamptz not null default clock_timestamp()
);

create index usage_quarantine_by_user on coding_plans.usage_quarantine (user_id);

-- What was charged. A partition for each month of real time, so that old ones are dropped and not deleted.
create sequence coding_plans.usage_position;

create table coding_plans.usage_record (
  position                 bigint      not null default nextval('coding_plans.usage_position'),
  stored_at                timestamptz not null default clock_timestamp(),
  ledger_entry_id          uuid        not null,
  event_id                 text        not null,
  user_id                  text        not null,
  category                 text        not null,
  kind                     text        not null,
  amount                   numeric     not null,
  list_cost_microdollars   bigint      not null,
  multiplier               numeric     not null check (multiplier >= 0),
  charge_microdollars      bigint      not null check (charge_microdollars >= 0),
  uncollected_microdollars bigint      not null,
  occurred_at              timestamptz not null,
  charged_at               timestamptz not null,
  estimated                boolean     not null,
  constraint usage_record_uncollected check (uncollected_microdollars between 0 and charge_microdollars)
) partition by range (stored_at);

alter sequence coding_plans.usage_position owned by coding_plans.usage_record.position;

create index usage_record_by_user on coding_plans.usage_record (user_id, occurred_at, position);

-- Makes the partitions of this month and the next six, so that for half a year nothing depends on it.
-- Attached, not made in place: that keeps no writer out.
create function coding_plans.make_usage_months() returns void language plpgsql as $$
declare
  month timestamp;
  part  text;
begin
  perform pg_advisory_xact_lock(hashtext('coding_plans.usage_months'));
  for month in select generate_series(date_trunc('month', clock_timestamp() at time zone 'utc'),
                                      date_trunc('month', clock_timestamp() at time zone 'utc') + interval '6 months',
                                      interval '1 month') loop
    part := 'usage_record_' || to_char(month, 'YYYY_MM');
    if to_regclass('coding_plans.' || part) is null then
      execute format('create table coding_plans.%I (like coding_plans.usage_record including defaults including constraints)', part);
      execute format('alter table coding_plans.usage_record attach partition coding_plans.%I for values from (%L) to (%L)',
                     part, month || '+00', month + interval '1 month' || '+00');
    end if;
  end loop;
end
$$;

-- Drops the partitions whose last record is too old. This keeps writers out for a moment.
create function coding_plans.drop_usage_months(retention interval) returns void language plpgsql as $$
declare
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('coding_plans.usage_months'));
  -- The names of other tables are none of a month, and must not be read as such.
  for part in with parts as materialized (
                select relname
                  from pg_inherits join pg_class on pg_class.oid = inhrelid
                 where inhparent = 'coding_plans.usage_record'::regclass)
              select relname from parts
               where to_date(right(relname, 7), 'YYYY_MM') + interval '1 month'
                     <= clock_timestamp() at time zone 'utc' - retention loop
    execute format('drop table coding_plans.%I', part);
  end loop;
end
$$;

do $$ begin
  perform coding_plans.make_usage_months();
end $$;
