-- Tables kept as partitions by month, so that what is past its time is dropped, not deleted. Making and dropping partitions
-- takes their owner's rights, but is done by the running service: hence "security definer", and the guards.

-- How long the rows of a partitioned table are kept at least. Written by migrations only.
create table app.retention (
  parent regclass constraint retention_pk primary key,
  keep interval not null constraint retention_keep_positive check (keep > interval '0')
);

do $$
begin
  execute format('revoke insert, update, delete on app.retention from %I', app.service_login(current_user));
end
$$;

-- Declares a table partitioned by range of a date or timestamptz: nothing younger than `keep` can be dropped.
create function app.keep_partitions(kept regclass, keep_for interval) returns void
  language sql
begin atomic
  insert into app.retention (parent, keep) values (kept, keep_for)
  on conflict (parent) do update set keep = excluded.keep;
end;

-- Creates what is missing of the partitions of `months` months, from the month of `first_day`. Returns how many it created.
-- A new table is attached, which does not wait for those who read the parent. The service gets no rights on it: a partition
-- reached by its own name would not be under the parent's policy.
create function app.ensure_partitions(parent regclass, first_day date, months integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '2s'
as $$
declare
  space name;
  base name;
  month date := date_trunc('month', first_day);
  child text;
  created integer := 0;
begin
  if months not between 0 and 240 then
    raise exception 'partitions for % months', months;
  end if;
  select n.nspname, c.relname into strict space, base
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = parent;
  perform pg_advisory_xact_lock(hashtext('app.ensure_partitions'), parent::oid::integer);
  for i in 1 .. months loop
    child := format('%I.%I', space, base || to_char(month, '_YYYYMM'));
    if to_regclass(child) is null then
      execute format('create table %s (like %s including all excluding identity)', child, parent);
      execute format('revoke all on %s from %I', child, app.service_login(current_user));
      execute format('alter table %s attach partition %s for values from (%L) to (%L)',
                     parent, child, month, (month + interval '1 month')::date);
      created := created + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return created;
end
$$;

-- Drops the partitions that end on or before `before`. Refuses when that is younger than what is to be kept. Returns how many.
create function app.drop_partitions_before(kept_parent regclass, before date) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '2s'
as $$
declare
  keep_for interval;
  child regclass;
  dropped integer := 0;
begin
  select keep into keep_for from app.retention where parent = kept_parent;
  if keep_for is null or before > (now() - keep_for)::date then
    raise exception '% is kept for %', kept_parent, coalesce(keep_for::text, 'ever');
  end if;
  for child in
    select c.oid
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = kept_parent
      and substring(pg_get_expr(c.relpartbound, c.oid) from $re$TO \('([^']+)'\)$re$)::timestamptz <= before
    order by c.relname
  loop
    execute format('drop table %s', child);
    dropped := dropped + 1;
  end loop;
  return dropped;
end
$$;
