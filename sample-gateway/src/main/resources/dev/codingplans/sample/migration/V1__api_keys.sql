-- Without GATEWAY_SECRET the host keeps its secret here.
create table gateway.host_secret (
  only_row    boolean     primary key default true check (only_row),
  secret      text        check (length(secret) >= 32),
  fingerprint text        not null check (length(fingerprint) = 64),
  created_at  timestamptz not null default now()
);

-- Locked first by every write to the user's keys.
create table gateway.api_key_owner (
  user_id text primary key check (length(user_id) between 1 and 128)
);

create table gateway.api_key (
  id           uuid        primary key,
  position     bigint      generated always as identity unique,
  user_id      text        not null references gateway.api_key_owner on delete cascade,
  name         text        check (length(name) between 1 and 100),
  prefix       text        not null,
  digest       text        not null unique check (length(digest) = 64),
  created_at   timestamptz not null default now(),
  last_used_at timestamptz
);

create index api_key_by_user on gateway.api_key (user_id, position desc);
