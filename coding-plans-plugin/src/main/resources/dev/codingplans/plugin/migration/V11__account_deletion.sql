-- Who deleted the account, as a keyed hash, and when in real time: tokens from before are refused.
create table if not exists coding_plans.account_tombstone (
  user_hash  bytea       primary key check (octet_length(user_hash) = 32),
  deleted_at timestamptz not null
);

-- History stays under another name. Each statement by itself, so that none locks writers out for long.
alter table coding_plans.ledger_entry drop constraint if exists ledger_entry_of_account;
alter table coding_plans.ledger_entry add constraint ledger_entry_of_account
  foreign key (user_id) references coding_plans.credit_account on update cascade not valid;
alter table coding_plans.ledger_entry validate constraint ledger_entry_of_account;
alter table coding_plans.ledger_entry drop constraint if exists ledger_entry_user_id_fkey;

alter table coding_plans.subscription drop constraint if exists subscription_of_account;
alter table coding_plans.subscription add constraint subscription_of_account
  foreign key (user_id) references coding_plans.credit_account on update cascade not valid;
alter table coding_plans.subscription validate constraint subscription_of_account;
alter table coding_plans.subscription drop constraint if exists subscription_user_id_fkey;

-- An entry may change its owner's name to that of a deleted account, and nothing else.
create or replace function coding_plans.refuse_change_but_anonymisation() returns trigger language plpgsql as $$
begin
  if new.user_id like 'deleted-%' and to_jsonb(new) - 'user_id' = to_jsonb(old) - 'user_id' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name;
end
$$;

create or replace trigger ledger_entry_is_append_only
  before update on coding_plans.ledger_entry
  for each row execute function coding_plans.refuse_change_but_anonymisation();

create or replace trigger ledger_entry_is_not_deleted
  before delete on coding_plans.ledger_entry
  for each row execute function coding_plans.refuse_change();
