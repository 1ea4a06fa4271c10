-- Product time: the database's clock, moved forward by the test clock.
create table coding_plans.test_clock (
  only_row         boolean primary key default true check (only_row),
  advanced_seconds bigint  not null default 0 check (advanced_seconds >= 0)
);

insert into coding_plans.test_clock default values;

create function coding_plans.product_now() returns timestamptz
  language sql volatile
  return (select clock_timestamp() + make_interval(secs => advanced_seconds) from coding_plans.test_clock);

-- What a client's idempotency key stood for. Kept for ever.
create table coding_plans.idempotency_key (
  scope        text        not null,
  key_hash     bytea       not null check (octet_length(key_hash) = 32),
  request_hash bytea       not null check (octet_length(request_hash) = 32),
  resource_id  uuid        not null,
  created_at   timestamptz not null default coding_plans.product_now(),
  primary key (scope, key_hash)
);

-- The outbox of lifecycle events, written in the transaction that causes them.
create table coding_plans.event (
  id          bigint      generated always as identity primary key,
  user_id     text,
  type        text        not null,
  payload     jsonb       not null,
  occurred_at timestamptz not null
);

-- Encrypted at the first start; only the right keyset reads it.
create table coding_plans.vault_canary (
  only_row    boolean primary key default true check (only_row),
  ciphertext  bytea   not null,
  fingerprint bytea   not null
);
