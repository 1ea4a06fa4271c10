-- Stock from before there was proof waits for an admin. Without a lock that keeps writers out; each statement
-- can be run again.
update coding_plans.credential
   set status = 'unverified'
 where status = 'available' and verified_at is null and approved_at is null;

alter table coding_plans.credential validate constraint credential_in_stock_is_proven;
