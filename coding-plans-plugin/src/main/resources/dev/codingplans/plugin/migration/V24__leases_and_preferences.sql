-- Not behind a writer that takes its time.
set local lock_timeout = '5s';

-- A node's share of a balance, for requests that are paid from credits. In real time: what has expired is nobody's,
-- whether or not its row is still there.
create table coding_plans.credit_lease (
  id                   uuid        primary key,
  user_id              text        not null references coding_plans.credit_account on update cascade,
  granted_microdollars bigint      not null check (granted_microdollars >= 0),
  charged_microdollars bigint      not null default 0 check (charged_microdollars >= 0),
  expires_at           timestamptz not null,
  recalled             boolean     not null default false
);

create index credit_lease_by_user on coding_plans.credit_lease (user_id);
create index credit_lease_by_expiry on coding_plans.credit_lease (expires_at);

-- What is left of a user's live leases. To be asked under the account lock, which keeps new ones out.
create function coding_plans.leased(account text) returns bigint language sql volatile
  return (select coalesce(sum(granted_microdollars - charged_microdollars), 0)
            from coding_plans.credit_lease
           where user_id = account and expires_at > clock_timestamp()
             and granted_microdollars > charged_microdollars);

-- What users want of their requests.
create table coding_plans.user_preference (
  user_id          text    primary key check (length(user_id) between 1 and 128),
  pay_from_credits boolean not null
);

-- A preference matters to whoever has, or had, a key or a plan: to everybody else credits pay anyway.
create function coding_plans.user_preference_changed() returns trigger language plpgsql as $$
begin
  insert into coding_plans.entitlement_change (user_id, provider_id)
  select user_id, provider_id from changed join coding_plans.byok_key using (user_id)
   union
  select user_id, provider_id from changed join coding_plans.subscription using (user_id);
  return null;
end
$$;

create trigger user_preference_inserted after insert on coding_plans.user_preference
  referencing new table as changed
  for each statement execute function coding_plans.user_preference_changed();

create trigger user_preference_updated after update on coding_plans.user_preference
  referencing new table as changed
  for each statement execute function coding_plans.user_preference_changed();

create trigger user_preference_deleted after delete on coding_plans.user_preference
  referencing old table as changed
  for each statement execute function coding_plans.user_preference_changed();

create trigger user_preference_is_not_truncated before truncate on coding_plans.user_preference
  for each statement execute function coding_plans.refuse_truncate();

-- As before, and whether the user goes on from credits where a plan does not serve.
create or replace view coding_plans.entitlement_fact as
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
                  and ever.provider_id = known.provider_id) as ever_subscribed,
       coalesce(preference.pay_from_credits, false) as pays_from_credits
  from (select user_id, provider_id from coding_plans.byok_key
         union
        select user_id, provider_id from coding_plans.subscription) known
  left join coding_plans.byok_key key using (user_id, provider_id)
  left join coding_plans.subscription plan
    on plan.id = key.subscription_id and plan.status in ('active', 'past_due')
  left join coding_plans.credential credential
    on credential.id = plan.credential_id and credential.status = 'assigned'
  left join coding_plans.user_preference preference on preference.user_id = known.user_id;
