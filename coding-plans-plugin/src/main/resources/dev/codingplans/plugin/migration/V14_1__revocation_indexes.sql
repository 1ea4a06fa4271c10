-- Without a lock that keeps writers out; each statement can be run again. An index that was left unfinished is
-- dropped first.
update coding_plans.credential
   set revocation_requested_at = coalesce(access_ended_at, created_at)
 where status in ('revocation_pending', 'revocation_failed', 'revoked') and revocation_requested_at is null;

alter table coding_plans.credential validate constraint credential_revocation_counts;
alter table coding_plans.credential validate constraint credential_revocation_error_is_short;

drop index concurrently if exists coding_plans.credential_revocation_queue;
create index concurrently credential_revocation_queue on coding_plans.credential (revocation_requested_at, position)
  where status in ('revocation_pending', 'revocation_failed');

drop index concurrently if exists coding_plans.credential_revocation_due;
create index concurrently credential_revocation_due on coding_plans.credential (provider_id, revocation_next_attempt_at)
  where status = 'revocation_pending';

drop index concurrently if exists coding_plans.credential_revoked;
create index concurrently credential_revoked on coding_plans.credential (revocation_requested_at, position)
  where status = 'revoked';

-- Whether a provider's plan that is to be ended serves another credential.
drop index concurrently if exists coding_plans.credential_of_upstream_plan;
create index concurrently credential_of_upstream_plan on coding_plans.credential (provider_id, upstream_plan_id)
  where status in ('unverified', 'available', 'assigned');

-- First in, first out, of one provider: a plan may have moved from another one.
drop index concurrently if exists coding_plans.credential_stock_of_provider;
create index concurrently credential_stock_of_provider on coding_plans.credential (plan_id, provider_id, position)
  where status = 'available';
drop index concurrently if exists coding_plans.credential_stock;
