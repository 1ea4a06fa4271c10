-- Not behind a writer that takes its time.
set local lock_timeout = '5s';

-- A running upload is the business of the node that holds its lease, in real time. Each lease has the next
-- number, so that a node that comes back late is told from the one that goes on.
-- Nothing is read here: the next script does, without these locks.
alter table coding_plans.upload
  add column lease        int         not null default 0,
  add column leased_until timestamptz,
  add column stored       int         not null default 0,
  add constraint upload_counts check (lease >= 0 and stored >= 0) not valid;

-- Until its upload ends, a line keeps what it takes to store it; its id binds the ciphertext to it.
alter table coding_plans.upload_line
  alter column outcome drop not null,
  add column id               uuid,
  add column upstream_plan_id text,
  add column fingerprint      bytea,
  add column ciphertext       bytea,
  add constraint upload_line_keeps_all_or_nothing
    check (num_nulls(id, upstream_plan_id, fingerprint, ciphertext) in (0, 4)) not valid,
  add constraint upload_line_is_judged_or_waits check (outcome is not null or ciphertext is not null) not valid;

-- What is sold was proven at the provider, or an admin answers for it (I5).
alter table coding_plans.credential
  add column approved_at timestamptz,
  add constraint credential_in_stock_is_proven
    check (status <> 'available' or verified_at is not null or approved_at is not null) not valid;
