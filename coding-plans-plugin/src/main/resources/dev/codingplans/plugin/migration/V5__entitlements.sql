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

-- The truth about what changed; nodes read it in the order of transactions.
create table coding_plans.entitlement_change (
  id             bigint      generated always as identity primary key,
  user_id        text        not null,
  provider_id    text        not null,
  transaction_id xid8        not null default pg_current_xact_id(),
  changed_at     timestamptz not null default clock_timestamp()
);

create index entitlement_change_by_transaction on coding_plans.entitlement_change (transaction_id);

-- Rows that come or go, of any table with a user and a provider.
create function coding_plans.entitlement_rows_changed() returns trigger language plpgsql as $$
begin
  insert into coding_plans.entitlement_change (user_id, provider_id)
  select distinct user_id, provider_id from changed;
  return null;
end
$$;

-- Keys: whatever changes in one decides an entitlement.
create trigger byok_key_inserted after insert on coding_plans.byok_key
  referencing new table as changed
  for each statement execute function coding_plans.entitlement_rows_changed();

create trigger byok_key_deleted after delete on coding_plans.byok_key
  referencing old table as changed
  for each statement execute function coding_plans.entitlement_rows_changed();

create function coding_plans.byok_key_updated() returns trigger language plpgsql as $$
begin
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

create trigger byok_key_updated after update on coding_plans.byok_key
  referencing old table as before new table as after
  for each statement execute function coding_plans.byok_key_updated();

-- Subscriptions: state, ends, and the credential; a price decides nothing.
create trigger subscription_inserted after insert on coding_plans.subscription
  referencing new table as changed
  for each statement execute function coding_plans.entitlement_rows_changed();

create trigger subscription_deleted after delete on coding_plans.subscription
  referencing old table as changed
  for each statement execute function coding_plans.entitlement_rows_changed();

create function coding_plans.subscription_updated() returns trigger language plpgsql as $$
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
          after.current_period_end, after.renewal_at, after.grace_ends_at, after.credential_id);
  return null;
end
$$;

create trigger subscription_updated after update on coding_plans.subscription
  referencing old table as before new table as after
  for each statement execute function coding_plans.subscription_updated();

-- Credentials: only those that serve somebody.
create function coding_plans.credential_updated() returns trigger language plpgsql as $$
begin
  insert into coding_plans.entitlement_change (user_id, provider_id)
  select distinct subscription.user_id, subscription.provider_id
    from before join after using (id)
    join coding_plans.subscription on subscription.credential_id = after.id
                                  and subscription.status in ('active', 'past_due')
   where (before.status, before.ciphertext) is distinct from (after.status, after.ciphertext);
  return null;
end
$$;

create trigger credential_updated after update on coding_plans.credential
  referencing old table as before new table as after
  for each statement execute function coding_plans.credential_updated();

-- A truncate fires no trigger that could tell the nodes which users it concerned.
create function coding_plans.refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception '% decides entitlements and is not truncated: delete its rows', tg_table_name;
end
$$;

create trigger byok_key_is_not_truncated before truncate on coding_plans.byok_key
  for each statement execute function coding_plans.refuse_truncate();

create trigger subscription_is_not_truncated before truncate on coding_plans.subscription
  for each statement execute function coding_plans.refuse_truncate();

create trigger credential_is_not_truncated before truncate on coding_plans.credential
  for each statement execute function coding_plans.refuse_truncate();
