-- As before, but only the names of partitions are read as months: joined the other way round, those of all tables were,
-- and most of them are none.
create or replace function coding_plans.drop_audit_months(retention interval) returns void language plpgsql as $$
declare
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('coding_plans.audit_months'));
  for part in with parts as materialized (
                select relname
                  from pg_inherits join pg_class on pg_class.oid = inhrelid
                 where inhparent = 'coding_plans.audit_entry'::regclass)
              select relname from parts
               where to_date(right(relname, 7), 'YYYY_MM') + interval '1 month'
                     <= clock_timestamp() at time zone 'utc' - retention loop
    execute format('drop table coding_plans.%I', part);
  end loop;
end
$$;
