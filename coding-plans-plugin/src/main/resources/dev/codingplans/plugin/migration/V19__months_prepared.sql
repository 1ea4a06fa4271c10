-- Not behind a writer that takes its time.
set local lock_timeout = '5s';

-- When the event was written: a delivery goes with it. Those from before count from now.
alter table coding_plans.event_delivery add column recorded_at timestamptz not null default now();

-- What is there by the month after next becomes the first part of each log; that it is no younger is looked at next.
do $$
declare
  until text := date_trunc('month', now() at time zone 'utc') + interval '2 months' || '+00';
begin
  execute format('alter table coding_plans.entitlement_change
                    add constraint entitlement_change_of_first check (changed_at < %L) not valid', until);
  execute format('alter table coding_plans.event
                    add constraint event_of_first check (recorded_at < %L) not valid', until);
  execute format('alter table coding_plans.event_delivery
                    add constraint event_delivery_of_first check (recorded_at < %L) not valid', until);
end $$;
