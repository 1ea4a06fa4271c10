-- The view first: whoever reads it locks it before the tables that it needs. Not behind anybody who takes his time.
set local lock_timeout = '5s';
drop view coding_plans.entitlement_fact;
lock table coding_plans.upload_line, coding_plans.credential, coding_plans.byok_key, coding_plans.vault_canary
  in access exclusive mode;

-- What the vault encrypted. Without a constraint of its own, so that no table is rewritten or read through.
create domain coding_plans.ciphertext as bytea;

-- What is there already is looked at again by the next migration.
alter table coding_plans.credential drop constraint credential_in_use_has_ciphertext;
alter table coding_plans.credential alter column ciphertext type coding_plans.ciphertext;
alter table coding_plans.credential add constraint credential_in_use_has_ciphertext
  check ((status in ('unverified', 'available', 'assigned')) = (ciphertext is not null)) not valid;

alter table coding_plans.byok_key drop constraint byok_own_key_has_text;
alter table coding_plans.byok_key alter column ciphertext type coding_plans.ciphertext;
alter table coding_plans.byok_key add constraint byok_own_key_has_text
  check ((source = 'own') = (ciphertext is not null) and (source = 'own') = (last_four is not null)) not valid;

alter table coding_plans.upload_line drop constraint upload_line_keeps_all_or_nothing;
alter table coding_plans.upload_line drop constraint upload_line_is_judged_or_waits;
alter table coding_plans.upload_line alter column ciphertext type coding_plans.ciphertext;
alter table coding_plans.upload_line add constraint upload_line_keeps_all_or_nothing
  check (num_nulls(id, upstream_plan_id, fingerprint, ciphertext) in (0, 4)) not valid;
alter table coding_plans.upload_line add constraint upload_line_is_judged_or_waits
  check (outcome is not null or ciphertext is not null) not valid;

alter table coding_plans.vault_canary alter column ciphertext type coding_plans.ciphertext;

-- Everything that decides entitlements, a row per user and provider. An entitlement needs no other table.
create view coding_plans.entitlement_fact as
select known.user_id,
       known.provider_id,
       key.id                  as key_id,
       key.source,
       key.enabled,
       key.ciphertext          as own_ciphertext,
       plan.plan_id,
       plan.status,
       plan.cancel_at_period_end,
       plan.current_period_end,
       plan.renewal_at,
       plan.grace_ends_at,
       credential.id           as credential_id,
       credential.ciphertext   as credential_ciphertext,
       exists (select from coding_plans.subscription ever
                where ever.user_id = known.user_id
                  and ever.provider_id = known.provider_id) as ever_subscribed
  from (select user_id, provider_id from coding_plans.byok_key
         union
        select user_id, provider_id from coding_plans.subscription) known
  left join coding_plans.byok_key key using (user_id, provider_id)
  left join coding_plans.subscription plan
    on plan.id = key.subscription_id and plan.status in ('active', 'past_due')
  left join coding_plans.credential credential
    on credential.id = plan.credential_id and credential.status = 'assigned';

-- As before, but a key that is encrypted anew is still the same key: the transaction says so of itself.
create or replace function coding_plans.byok_key_updated() returns trigger language plpgsql as $$
begin
  if current_setting('coding_plans.reencrypting', true) = 'on' then
    return null;
  end if;
  insert into coding_plans.entitlement_change (user_id, provider_id)
  select distinct side.user_id, side.provider_id
    from before join after using (id)
   cross join lateral (values (before.user_id, before.provider_id),
                              (after.user_id, after.provider_id)) side (user_id, provider_id)
   where (before.user_id, before.provider_id, before.source, before.enabled, before.ciphertext, before.subscription_id)
         is distinct from
         (after.user_id, after.provider_id, after.source, after.enabled, after.ciphertext, after.subscription_id);
  return null;
end
$$;

create or replace function coding_plans.credential_updated() returns trigger language plpgsql as $$
begin
  if current_setting('coding_plans.reencrypting', true) = 'on' then
    return null;
  end if;
  insert into coding_plans.entitlement_change (user_id, provider_id)
  select distinct subscription.user_id, subscription.provider_id
    from before join after using (id)
    join coding_plans.subscription on subscription.credential_id = after.id
                                  and subscription.status in ('active', 'past_due')
   where (before.status, before.ciphertext) is distinct from (after.status, after.ciphertext);
  return null;
end
$$;

-- Every encryption key that a node has had here. Retired: a node started without it, and nothing
-- needed it then.
create table coding_plans.vault_key (
  id         bigint      primary key check (id between 0 and 4294967295),
  position   bigint      generated always as identity unique,
  added_at   timestamptz not null default clock_timestamp(),
  retired_at timestamptz
);

-- The last rotation. Its times are real ones; whoever holds the lease does the work.
create table coding_plans.vault_rotation (
  only_row     boolean     primary key default true check (only_row),
  key_id       bigint      not null references coding_plans.vault_key,
  state        text        not null check (state in ('running', 'done')),
  total        bigint      not null check (total >= 0),
  done         bigint      not null default 0 check (done >= 0),
  started_at   timestamptz not null default clock_timestamp(),
  finished_at  timestamptz,
  runner       uuid,
  leased_until timestamptz,
  constraint vault_rotation_finishes_once check ((state = 'done') = (finished_at is not null))
);

-- What could not be decrypted in it, and stays as it is.
create table coding_plans.vault_rotation_failure (
  table_name text not null,
  row_id     uuid not null,
  primary key (table_name, row_id)
);
