-- Without a lock that keeps writers out; each statement can be run again. An index that was left unfinished is
-- dropped first.
update coding_plans.upload
   set stored = (select count(*) from coding_plans.upload_line
                  where upload_id = upload.id and outcome = 'stored')
 where stored = 0;

alter table coding_plans.upload validate constraint upload_counts;
alter table coding_plans.upload_line validate constraint upload_line_keeps_all_or_nothing;
alter table coding_plans.upload_line validate constraint upload_line_is_judged_or_waits;

drop index concurrently if exists coding_plans.upload_running;
create index concurrently upload_running on coding_plans.upload (created_at, id) where state = 'running';

drop index concurrently if exists coding_plans.upload_line_waiting;
create unique index concurrently upload_line_waiting on coding_plans.upload_line (id) where id is not null;

-- Stock from before there was proof waits for an admin.
update coding_plans.credential
   set status = 'unverified'
 where status = 'available' and verified_at is null and approved_at is null;

alter table coding_plans.credential validate constraint credential_in_stock_is_proven;
