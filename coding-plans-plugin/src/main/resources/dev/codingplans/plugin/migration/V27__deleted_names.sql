-- Users may call themselves what they like, also something that begins as the names of deleted accounts do. So a
-- deletion is told by its name as a whole.

create or replace function coding_plans.refuse_change_but_anonymisation() returns trigger language plpgsql as $$
begin
  if new.user_id ~ '^deleted-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
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

-- As before: it never tells under which name the history of a deleted account goes on.
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
     and (before.user_id = after.user_id
          or side.user_id !~ '^deleted-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');
  return null;
end
$$;
