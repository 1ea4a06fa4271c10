-- What users are called in the log: entries have their numbers, so that the deletion of an account alters one row.
create table coding_plans.audit_user (
  id   bigint generated always as identity primary key,
  name text   not null
);

-- Partial, so that the name is no key: entries lock the keys of their users, and would wait for a rename, or it for them.
create unique index audit_user_by_name on coding_plans.audit_user (name) where name is not null;

-- A name may change to that of a deleted account, and a row does not change otherwise.
create function coding_plans.refuse_audit_user_change() returns trigger language plpgsql as $$
begin
  if new.id = old.id and new.name like 'deleted-%' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name;
end
$$;

create trigger audit_user_only_loses_its_name
  before update on coding_plans.audit_user
  for each row execute function coding_plans.refuse_audit_user_change();

create trigger audit_user_is_not_deleted
  before delete on coding_plans.audit_user
  for each row execute function coding_plans.refuse_change();

-- What admins did. In real time, a partition for each month, so that old ones are dropped and not deleted.
create sequence coding_plans.audit_entry_id;

create table coding_plans.audit_entry (
  id             bigint      not null default nextval('coding_plans.audit_entry_id'),
  at             timestamptz not null default clock_timestamp(),
  actor          bigint      not null references coding_plans.audit_user,
  action         text        not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  target_kind    text        not null,
  target_id      text,
  target_user    bigint      references coding_plans.audit_user,
  outcome        text        not null check (outcome ~ '^[a-z_]+$'),
  correlation_id text        not null,
  primary key (id, at),
  constraint audit_entry_has_one_target check (num_nonnulls(target_id, target_user) <= 1)
) partition by range (at);

alter sequence coding_plans.audit_entry_id owned by coding_plans.audit_entry.id;

create index audit_entry_by_actor on coding_plans.audit_entry (actor, id);
create index audit_entry_by_action on coding_plans.audit_entry (action, id);
create index audit_entry_by_target on coding_plans.audit_entry (target_id, id) where target_id is not null;
create index audit_entry_by_kind on coding_plans.audit_entry (target_kind, id)
  where target_id is null and target_user is null;
create index audit_entry_by_target_user on coding_plans.audit_entry (target_user, id) where target_user is not null;

create trigger audit_entry_is_append_only
  before update on coding_plans.audit_entry
  for each row execute function coding_plans.refuse_change();

create trigger audit_entry_is_not_deleted
  before delete on coding_plans.audit_entry
  for each row execute function coding_plans.refuse_change();

create trigger audit_entry_is_not_truncated
  before truncate on coding_plans.audit_entry
  for each statement execute function coding_plans.refuse_change();

-- Makes the partitions of this month and the next six, so that for half a year nothing depends on it.
-- Attached, not made in place: that keeps no writer out. A trigger of a statement is not inherited.
create function coding_plans.make_audit_months() returns void language plpgsql as $$
declare
  month   timestamp;
  part    text;
begin
  perform pg_advisory_xact_lock(hashtext('coding_plans.audit_months'));
  for month in select generate_series(date_trunc('month', clock_timestamp() at time zone 'utc'),
                                      date_trunc('month', clock_timestamp() at time zone 'utc') + interval '6 months',
                                      interval '1 month') loop
    part := 'audit_entry_' || to_char(month, 'YYYY_MM');
    if to_regclass('coding_plans.' || part) is null then
      execute format('create table coding_plans.%I (like coding_plans.audit_entry including defaults including constraints)', part);
      execute format('create trigger %I before truncate on coding_plans.%I
                        for each statement execute function coding_plans.refuse_change()',
                     part || '_is_not_truncated', part);
      execute format('alter table coding_plans.audit_entry attach partition coding_plans.%I for values from (%L) to (%L)',
                     part, month || '+00', month + interval '1 month' || '+00');
    end if;
  end loop;
end
$$;

-- Drops the partitions whose last entry is too old. This keeps writers out for a moment.
create function coding_plans.drop_audit_months(retention interval) returns void language plpgsql as $$
declare
  part    text;
begin
  perform pg_advisory_xact_lock(hashtext('coding_plans.audit_months'));
  for part in select relname
                from pg_inherits join pg_class on pg_class.oid = inhrelid
               where inhparent = 'coding_plans.audit_entry'::regclass
                 and to_date(right(relname, 7), 'YYYY_MM') + interval '1 month'
                     <= clock_timestamp() at time zone 'utc' - retention loop
    execute format('drop table coding_plans.%I', part);
  end loop;
end
$$;

do $$ begin
  perform coding_plans.make_audit_months();
end $$;
