-- Not behind a writer that takes its time.
set local lock_timeout = '5s';

-- What the provider last said of a credential that serves somebody. Checks are spread over real time.
alter table coding_plans.credential
  add column health            text        not null default 'healthy',
  add column unhealthy_since   timestamptz,
  add column health_checked_at timestamptz,
  add constraint credential_health_is_known
    check (health in ('healthy', 'subscription_inactive', 'rejected')) not valid,
  add constraint credential_unhealthy_since_when
    check ((health = 'healthy') = (unhealthy_since is null)) not valid;
