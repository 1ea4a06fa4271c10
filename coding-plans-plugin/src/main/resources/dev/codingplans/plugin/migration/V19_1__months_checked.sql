-- Without a lock that keeps writers out; each statement can be run again. An index that was left unfinished is
-- dropped first.
drop index concurrently if exists coding_plans.event_first_by_id;
create index concurrently event_first_by_id on coding_plans.event (id);

drop index concurrently if exists coding_plans.event_delivery_first_by_id;
create index concurrently event_delivery_first_by_id on coding_plans.event_delivery (id);

drop index concurrently if exists coding_plans.event_delivery_first_once;
create unique index concurrently event_delivery_first_once on coding_plans.event_delivery (event_id, listener, recorded_at);

alter table coding_plans.entitlement_change validate constraint entitlement_change_of_first;
alter table coding_plans.event validate constraint event_of_first;
alter table coding_plans.event_delivery validate constraint event_delivery_of_first;
