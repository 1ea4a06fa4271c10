-- Tables in the order in which every use case locks them, and not behind a writer that takes its time.
set local lock_timeout = '5s';
lock table coding_plans.credit_account, coding_plans.subscription, coding_plans.ledger_entry in access exclusive mode;

-- Whose account was deleted, as a keyed hash, and when in real time: tokens from before are refused.
create table coding_plans.account_tombstone (
  user_hash  bytea       primary key check (octet_length(user_hash) = 32),
  deleted_at timestamptz not null
);

-- History stays under another name. What is there already is looked at by the next migration.
alter table coding_plans.ledger_entry add constraint ledger_entry_of_account
  foreign key (user_id) references coding_plans.credit_account on update cascade not valid;
alter table coding_plans.ledger_entry drop constraint ledger_entry_user_id_fkey;

alter table coding_plans.subscription add constraint subscription_of_account
  foreign key (user_id) references coding_plans.credit_account on update cascade not valid;
alter table coding_plans.subscription drop constraint subscription_user_id_fkey;

-- An entry may change its owner's name to that of a deleted account, and nothing else.
create function coding_plans.refuse_change_but_anonymisation() returns trigger language plpgsql as $$
begin
  if new.user_id like 'deleted-%'
     and (new.id, new.position, new.kind, new.amount_microdollars, new.balance_after_microdollars,
          new.description, new.idempotency_key, new.created_at)
         is not distinct from
         (old.id, old.position, old.kind, old.amount_microdollars, old.balance_after_microdollars,
          old.description, old.idempotency_key, old.created_at) then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name;
end
$$;

drop trigger ledger_entry_is_append_only on coding_plans.ledger_entry;

create trigger ledger_entry_is_append_only
  before update on coding_plans.ledger_entry
  for each row execute function coding_plans.refuse_change_but_anonymisation();

create trigger ledger_entry_is_not_deleted
  before delete on coding_plans.ledger_entry
  for each row execute function coding_plans.refuse_change();

-- As before, but it never tells under which name the history of a deleted account goes on.
create or replace function coding_plans.subscription_updated() returns trigger language plpgsql as $$
begin
  insert into coding_plans.entitlement_change (user_id, provider_id)
  select distinct side.user_id, side.provider_id
    from before join after using (id)
   cross join lateral (values (before.user_id, before.provider_id),
                              (after.user_id, after.provider_id)) side (user_id, provider_id)
   where (before.user_id, before.provider_id, before.plan_id, before.status, before.cancel_at_period_end,
          before.current_period_end, before.renewal_at, before.grace_ends_at, before.credential_id)
         is distinct from
         (after.user_id, after.provider_id, after.plan_id, after.status, after.cancel_at_period_end,
          after.current_period_end, after.renewal_at, after.grace_ends_at, after.credential_id)
     and side.user_id not like 'deleted-%';
  return null;
end
$$;
