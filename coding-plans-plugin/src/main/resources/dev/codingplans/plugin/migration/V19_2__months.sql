-- Tables in the order in which writers come to them, and not behind one that takes its time. Nothing is read through.
set local lock_timeout = '5s';
lock table coding_plans.entitlement_change, coding_plans.event, coding_plans.event_delivery in access exclusive mode;

-- The log of changes. Its rows are found by their transactions; their own numbers were of no use.
alter table coding_plans.entitlement_change drop column id;
alter table coding_plans.entitlement_change rename to entitlement_change_first;
alter index coding_plans.entitlement_change_by_transaction rename to entitlement_change_first_by_transaction;

create table coding_plans.entitlement_change (like coding_plans.entitlement_change_first including defaults)
  partition by range (changed_at);

create index entitlement_change_by_transaction on coding_plans.entitlement_change (transaction_id);

-- Events, with numbers that go on where they were. A number is unique by its sequence: a partition cannot prove it.
create sequence coding_plans.event_id;
select setval('coding_plans.event_id', nextval(pg_get_serial_sequence('coding_plans.event', 'id')), false);
alter table coding_plans.event_delivery drop constraint event_delivery_event_id_fkey;
alter table coding_plans.event drop constraint event_pkey;
alter table coding_plans.event alter column id drop identity;
alter table coding_plans.event alter column id set default nextval('coding_plans.event_id');
alter table coding_plans.event rename to event_first;

create table coding_plans.event (like coding_plans.event_first including defaults) partition by range (recorded_at);

alter sequence coding_plans.event_id owned by coding_plans.event.id;

create index event_by_id on coding_plans.event (id);

-- Deliveries, each in the month of its event.
create sequence coding_plans.event_delivery_id;
select setval('coding_plans.event_delivery_id', nextval(pg_get_serial_sequence('coding_plans.event_delivery', 'id')), false);
alter table coding_plans.event_delivery drop constraint event_delivery_pkey;
alter table coding_plans.event_delivery drop constraint event_delivery_event_id_listener_key;
alter table coding_plans.event_delivery alter column id drop identity;
alter table coding_plans.event_delivery alter column id set default nextval('coding_plans.event_delivery_id');
alter table coding_plans.event_delivery rename to event_delivery_first;
alter index coding_plans.event_delivery_due rename to event_delivery_first_due;
alter index coding_plans.event_delivery_of_user rename to event_delivery_first_of_user;
alter index coding_plans.event_delivery_pending rename to event_delivery_first_pending;
alter index coding_plans.event_delivery_abandoned rename to event_delivery_first_abandoned;

create table coding_plans.event_delivery (like coding_plans.event_delivery_first including defaults including constraints)
  partition by range (recorded_at);
alter table coding_plans.event_delivery drop constraint event_delivery_of_first;

alter sequence coding_plans.event_delivery_id owned by coding_plans.event_delivery.id;

create index event_delivery_by_id on coding_plans.event_delivery (id);
create unique index event_delivery_once on coding_plans.event_delivery (event_id, listener, recorded_at);
create index event_delivery_due on coding_plans.event_delivery (listener, next_attempt_at, event_id)
  where delivered_at is null and abandoned_at is null;
create index event_delivery_of_user on coding_plans.event_delivery (listener, user_id, event_id)
  where delivered_at is null and abandoned_at is null;
create index event_delivery_pending on coding_plans.event_delivery (listener, id)
  where delivered_at is null and abandoned_at is null;
create index event_delivery_abandoned on coding_plans.event_delivery (id)
  where abandoned_at is not null;

-- The first parts, up to the month that their constraints name.
do $$
declare
  log   text;
  until text;
begin
  foreach log in array array['entitlement_change', 'event', 'event_delivery'] loop
    select substring(pg_get_constraintdef(oid) from '''([^'']+)''') into strict until
      from pg_constraint
     where conname = log || '_of_first' and conrelid = ('coding_plans.' || log || '_first')::regclass;
    execute format('alter table coding_plans.%I attach partition coding_plans.%I for values from (minvalue) to (%L)',
                   log, log || '_first', until);
  end loop;
end $$;

-- The parts of a log, and where each of them ends. Nobody's condition is to be tried on what is no part of it.
create function coding_plans.parts_of(log text) returns table (part text, until timestamptz) language sql stable as $$
  select relname::text, substring(pg_get_expr(relpartbound, pg_class.oid) from 'TO \(''([^'']+)''')::timestamptz
    from pg_inherits join pg_class on pg_class.oid = inhrelid
   where inhparent = ('coding_plans.' || log)::regclass
  offset 0
$$;

-- Makes this month's part and those of the next six, so that for half a year nothing depends on it, where the first
-- part does not reach. Attached, not made in place: that keeps no writer out.
create function coding_plans.make_months(log text) returns void language plpgsql as $$
declare
  first_until timestamptz;
  month       timestamp;
  part        text;
begin
  perform pg_advisory_xact_lock(hashtext('coding_plans.' || log || '_months'));
  select max(until) into first_until from coding_plans.parts_of(log) parts where parts.part = log || '_first';
  for month in select generate_series(date_trunc('month', clock_timestamp() at time zone 'utc'),
                                      date_trunc('month', clock_timestamp() at time zone 'utc') + interval '6 months',
                                      interval '1 month') loop
    part := log || '_' || to_char(month, 'YYYY_MM');
    if month at time zone 'utc' >= coalesce(first_until, '-infinity') and to_regclass('coding_plans.' || part) is null then
      execute format('create table coding_plans.%I (like coding_plans.%I including defaults including constraints)', part, log);
      execute format('alter table coding_plans.%I attach partition coding_plans.%I for values from (%L) to (%L)',
                     log, part, month || '+00', month + interval '1 month' || '+00');
    end if;
  end loop;
end
$$;

-- For the change log.
create function coding_plans.make_entitlement_change_months() returns void language sql as $$
  select coding_plans.make_months('entitlement_change')
$$;

-- Drops what is too old to be gone through by any node. This keeps writers out for a moment.
create function coding_plans.drop_entitlement_change_months(retention interval) returns void language plpgsql as $$
declare
  old text;
begin
  perform pg_advisory_xact_lock(hashtext('coding_plans.entitlement_change_months'));
  for old in select part from coding_plans.parts_of('entitlement_change') where until <= clock_timestamp() - retention loop
    execute format('drop table coding_plans.%I', old);
  end loop;
end
$$;

-- For events and their deliveries.
create function coding_plans.make_event_months() returns void language sql as $$
  select coding_plans.make_months('event');
  select coding_plans.make_months('event_delivery');
$$;

-- Drops the months of events that are too old with their deliveries, but none in which somebody is still to be told.
create function coding_plans.drop_event_months(retention interval) returns void language plpgsql as $$
declare
  old     record;
  pending boolean;
begin
  perform pg_advisory_xact_lock(hashtext('coding_plans.event_months'));
  for old in select events.part as events, deliveries.part as deliveries
               from coding_plans.parts_of('event') events
               join coding_plans.parts_of('event_delivery') deliveries using (until)
              where until <= clock_timestamp() - retention loop
    execute format('lock table coding_plans.%I, coding_plans.%I in access exclusive mode', old.events, old.deliveries);
    execute format('select exists (select from coding_plans.%I where delivered_at is null and abandoned_at is null)',
                   old.deliveries) into pending;
    if not pending then
      execute format('drop table coding_plans.%I, coding_plans.%I', old.deliveries, old.events);
    end if;
  end loop;
end
$$;

do $$ begin
  perform coding_plans.make_entitlement_change_months();
  perform coding_plans.make_event_months();
end $$;
