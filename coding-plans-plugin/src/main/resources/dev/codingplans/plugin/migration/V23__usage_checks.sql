-- Without a lock that keeps writers out.
alter table coding_plans.credit_account validate constraint credit_account_uncollected;
