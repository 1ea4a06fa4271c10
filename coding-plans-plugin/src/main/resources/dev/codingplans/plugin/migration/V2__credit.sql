create table coding_plans.credit_account (
  user_id              text        primary key check (length(user_id) between 1 and 128),
  balance_microdollars bigint      not null default 0 check (balance_microdollars >= 0),
  first_paid_at        timestamptz,
  created_at           timestamptz not null default coding_plans.product_now()
);

create table coding_plans.ledger_entry (
  id                         uuid        primary key,
  position                   bigint      generated always as identity unique,
  user_id                    text        not null references coding_plans.credit_account,
  kind                       text        not null check (kind in
    ('paid_credit', 'granted_credit', 'activation', 'renewal', 'extension', 'quota_purchase', 'usage', 'refund', 'adjustment')),
  amount_microdollars        bigint      not null,
  balance_after_microdollars bigint      not null check (balance_after_microdollars >= 0),
  description                text        not null,
  idempotency_key            text        not null,
  created_at                 timestamptz not null,
  unique (user_id, idempotency_key)
);

create index ledger_entry_by_user on coding_plans.ledger_entry (user_id, position desc);

-- A correction is a new entry.
create function coding_plans.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end
$$;

create trigger ledger_entry_is_append_only
  before update or delete on coding_plans.ledger_entry
  for each row execute function coding_plans.refuse_change();

create trigger ledger_entry_is_not_truncated
  before truncate on coding_plans.ledger_entry
  for each statement execute function coding_plans.refuse_change();
