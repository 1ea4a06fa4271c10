create table coding_plans.subscription (
  id                   uuid        primary key,
  position             bigint      generated always as identity unique,
  user_id              text        not null references coding_plans.credit_account,
  provider_id          text        not null,
  plan_id              text        not null,
  price_microdollars   bigint      not null check (price_microdollars > 0),
  period_days          int         not null check (period_days > 0),
  status               text        not null check (status in ('active', 'past_due', 'canceled')),
  cancel_at_period_end boolean     not null default false,
  current_period_start timestamptz not null,
  current_period_end   timestamptz not null,
  renewal_at           timestamptz not null,
  grace_ends_at        timestamptz,
  canceled_at          timestamptz,
  cancellation_reason  text        check (cancellation_reason in
    ('user_canceled', 'insufficient_credits', 'administrative_termination', 'account_deleted')),
  credential_id        uuid        not null references coding_plans.credential,
  created_at           timestamptz not null,
  unique (id, user_id, provider_id),
  constraint subscription_period_has_length check (current_period_start < current_period_end),
  constraint subscription_grace_when_past_due check (status <> 'past_due' or grace_ends_at is not null),
  constraint subscription_end_has_reason
    check ((status = 'canceled') = (canceled_at is not null) and (canceled_at is null) = (cancellation_reason is null))
);

-- P4: one live subscription per provider, and per plan. P5: a credential serves one.
create unique index subscription_live_provider on coding_plans.subscription (user_id, provider_id)
  where status in ('active', 'past_due');
create unique index subscription_live_plan on coding_plans.subscription (user_id, plan_id)
  where status in ('active', 'past_due');
create unique index subscription_live_credential on coding_plans.subscription (credential_id)
  where status in ('active', 'past_due');
create index subscription_by_user on coding_plans.subscription (user_id, position desc);

create table coding_plans.term (
  id                uuid        primary key,
  subscription_id   uuid        not null references coding_plans.subscription,
  kind              text        not null check (kind in ('activation', 'renewal', 'extension')),
  period_start      timestamptz not null,
  period_end        timestamptz not null check (period_start < period_end),
  cost_microdollars bigint      not null check (cost_microdollars >= 0),
  ledger_entry_id   uuid        not null unique references coding_plans.ledger_entry,
  created_at        timestamptz not null,
  unique (subscription_id, period_start)
);

-- A user's key of a provider: the user's own text, or the credential of a plan.
create table coding_plans.byok_key (
  id              uuid        primary key,
  user_id         text        not null references coding_plans.credit_account,
  provider_id     text        not null,
  source          text        not null check (source in ('own', 'plan')),
  enabled         boolean     not null,
  ciphertext      bytea,
  last_four       text        check (length(last_four) <= 4),
  subscription_id uuid        unique,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  unique (user_id, provider_id),
  constraint byok_plan_key_is_of_its_subscriber foreign key (subscription_id, user_id, provider_id)
    references coding_plans.subscription (id, user_id, provider_id),
  constraint byok_own_key_has_text
    check ((source = 'own') = (ciphertext is not null) and (source = 'own') = (last_four is not null)),
  constraint byok_plan_key_has_subscription check ((source = 'plan') = (subscription_id is not null)),
  constraint byok_plan_key_is_enabled check (source = 'own' or enabled)
);
