-- Without a lock that keeps writers out. An index that was left unfinished is dropped first.
drop index concurrently if exists coding_plans.subscription_due;
create index concurrently subscription_due on coding_plans.subscription
  ((case status when 'past_due' then grace_ends_at else renewal_at end), id)
  where status in ('active', 'past_due');

drop index concurrently if exists coding_plans.subscription_in_grace;
create index concurrently subscription_in_grace on coding_plans.subscription (id)
  where status = 'past_due' and not cancel_at_period_end;

drop index concurrently if exists coding_plans.subscription_not_reminded;
create index concurrently subscription_not_reminded on coding_plans.subscription (renewal_at, id)
  where status = 'active' and not cancel_at_period_end and reminded_of is distinct from renewal_at;
