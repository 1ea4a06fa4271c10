-- Without a lock that keeps writers out; each statement can be run again. An index that was left unfinished is
-- dropped first.
drop index concurrently if exists coding_plans.credential_unchecked;
create index concurrently credential_unchecked on coding_plans.credential
  ((coalesce(health_checked_at, '-infinity')), id)
  where status = 'assigned';

alter table coding_plans.credential validate constraint credential_health_is_known;
alter table coding_plans.credential validate constraint credential_unhealthy_since_when;
