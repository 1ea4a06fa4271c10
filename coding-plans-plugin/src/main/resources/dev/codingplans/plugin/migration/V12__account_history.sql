-- Without a lock that keeps writers out; each statement can be run again.
alter table coding_plans.ledger_entry validate constraint ledger_entry_of_account;
alter table coding_plans.subscription validate constraint subscription_of_account;

drop index concurrently if exists coding_plans.credential_by_user;
create index concurrently credential_by_user on coding_plans.credential (assigned_to) where assigned_to is not null;
