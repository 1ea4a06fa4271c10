-- Not behind a writer that takes its time.
set local lock_timeout = '5s';

-- A text as something that an index of periods can compare, without an extension.
create type coding_plans.text_range as range (subtype = text, collation = "C");

-- Units of a quota plan, paid once and used one by one until the period ends.
create table coding_plans.allowance (
  id                 uuid        primary key,
  user_id            text        not null references coding_plans.credit_account on update cascade,
  unit               text        not null check (length(unit) between 1 and 64),
  plan_id            text        not null,
  price_microdollars bigint      not null check (price_microdollars > 0),
  units_total        int         not null check (units_total > 0),
  units_used         int         not null default 0,
  period_start       timestamptz not null,
  period_end         timestamptz not null,
  ledger_entry_id    uuid        not null unique references coding_plans.ledger_entry,
  unique (id, user_id),
  constraint allowance_period_has_length check (period_start < period_end),
  constraint allowance_gives_what_was_bought check (units_used between 0 and units_total),
  -- Q2: one runs at a time. Its end is the next one's earliest start.
  constraint allowance_one_running exclude using gist (
    coding_plans.text_range(user_id, user_id, '[]') with =,
    coding_plans.text_range(unit, unit, '[]') with =,
    tstzrange(period_start, period_end) with &&)
);

create index allowance_by_user on coding_plans.allowance (user_id, unit, period_end desc);

-- One unit taken. The owner's name follows the allowance's.
create table coding_plans.allocation (
  id                uuid        primary key,
  position          bigint      generated always as identity unique,
  allowance_id      uuid        not null,
  number            int         not null check (number > 0),
  user_id           text        not null,
  unit              text        not null,
  plan_id           text        not null,
  label             text        check (length(label) between 1 and 100),
  cost_microdollars bigint      not null check (cost_microdollars >= 0),
  created_at        timestamptz not null,
  expires_at        timestamptz not null,
  released_at       timestamptz,
  constraint allocation_of_allowance foreign key (allowance_id, user_id)
    references coding_plans.allowance (id, user_id) on update cascade,
  constraint allocation_takes_its_own_unit unique (allowance_id, number),
  constraint allocation_within_period check (created_at < expires_at),
  constraint allocation_released_while_it_lasts check (released_at >= created_at and released_at < expires_at)
);

create index allocation_by_user on coding_plans.allocation (user_id, position desc);
