-- Without a lock that keeps writers out. An index that was left unfinished is dropped first.
drop index concurrently if exists coding_plans.credential_unchecked;
create index concurrently credential_unchecked on coding_plans.credential
  ((coalesce(health_checked_at, '-infinity')), id)
  where status = 'assigned';
