-- Absent means open.
create table coding_plans.plan_sales_state (
  plan_id    text        primary key,
  state      text        not null check (state in ('open', 'paused', 'closed')),
  changed_at timestamptz not null default coding_plans.product_now()
);

create table coding_plans.availability_intent (
  user_id    text        not null references coding_plans.credit_account,
  plan_id    text        not null,
  created_at timestamptz not null default coding_plans.product_now(),
  primary key (user_id, plan_id)
);

create table coding_plans.credential (
  id                      uuid        primary key,
  position                bigint      generated always as identity unique,
  provider_id             text        not null,
  plan_id                 text        not null,
  upstream_plan_id        text        not null,
  fingerprint             bytea       not null unique,
  ciphertext              bytea,
  status                  text        not null check (status in
    ('unverified', 'available', 'assigned', 'revocation_pending', 'revocation_failed', 'revoked')),
  verified_at             timestamptz,
  assigned_to             text        references coding_plans.credit_account,
  assigned_at             timestamptz,
  revocation_requested_at timestamptz,
  created_at              timestamptz not null,
  constraint credential_in_use_has_ciphertext
    check ((status in ('unverified', 'available', 'assigned')) = (ciphertext is not null)),
  constraint credential_assigned_to_somebody
    check (status <> 'assigned' or (assigned_to is not null and assigned_at is not null)),
  constraint credential_in_stock_is_nobodys
    check (status not in ('unverified', 'available') or assigned_to is null)
);

-- First in, first out.
create index credential_stock on coding_plans.credential (plan_id, position) where status = 'available';
create index credential_by_plan on coding_plans.credential (provider_id, plan_id, status);

-- An issued secret never returns to stock, whatever the code does.
create function coding_plans.refuse_return_to_stock() returns trigger language plpgsql as $$
begin
  raise exception 'credential % was issued or withdrawn and never returns to stock', old.id;
end
$$;

create trigger credential_never_returns_to_stock
  before update on coding_plans.credential
  for each row
  when (old.status not in ('unverified', 'available') and new.status in ('unverified', 'available'))
  execute function coding_plans.refuse_return_to_stock();

create table coding_plans.upload (
  id          uuid        primary key,
  provider_id text        not null,
  plan_id     text        not null,
  mode        text        not null check (mode in ('all_or_nothing', 'partial')),
  dry_run     boolean     not null,
  state       text        not null check (state in ('running', 'done')),
  created_at  timestamptz not null default coding_plans.product_now()
);

create table coding_plans.upload_line (
  upload_id uuid not null references coding_plans.upload,
  line      int  not null check (line >= 1),
  outcome   text not null check (outcome in
    ('stored', 'unverified', 'verified', 'malformed', 'duplicate', 'rejected', 'tier_mismatch', 'unreachable')),
  primary key (upload_id, line)
);
