-- Who read or wrote which child's record. Append-only: the service's login may insert and, under the policy below, select.
create schema access;

-- Who, in which role, when and in which trace are not insertable: they come from the transaction and its scope, so no code
-- can write them wrong. `xid` tells when a row has committed for good: see access.seal.
create table access.log (
  id bigint generated always as identity,
  at timestamptz not null default now(),
  xid xid8 not null default pg_current_xact_id(),
  person text not null default app.person(),
  role text not null default app.role(),
  trace_id text not null default app.trace_id(),
  purpose text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  urn integer,
  la_code integer,
  detail text not null,
  request_id text not null,
  break_glass_reason text not null,
  constraint log_pk primary key (id, at),
  constraint log_person check (person <> ''),
  constraint log_action check (action in ('read', 'write', 'export')),
  constraint log_subject_kind check (subject_kind in ('pupil', 'school', 'request', 'authority', 'person')),
  constraint log_subject_id check (subject_id <> '')
) partition by range (at);
create index log_subject on access.log (subject_kind, subject_id, id desc);
create index log_xid on access.log (xid);

-- The chain of digests over the log. Each seal covers the rows of one UTC day whose transactions lie in [from_xid, below_xid),
-- in the order of (xid, id); `previous` is the digest of the seal before it.
create table access.seal (
  number bigint not null,
  day date not null,
  from_xid xid8 not null,
  below_xid xid8 not null,
  rows bigint not null,
  previous bytea not null,
  digest bytea not null,
  sealed_at timestamptz not null default now(),
  constraint seal_pk primary key (number)
);
create index seal_day on access.seal (day, number);

-- One row's digest. Never change what it covers: older seals depend on it.
create function access.row_digest(entry access.log) returns bytea
language sql immutable as $$
  select sha256(convert_to(jsonb_build_array(
    entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.xid::text, entry.person, entry.role, entry.trace_id,
    entry.purpose, entry.action, entry.subject_kind, entry.subject_id, entry.urn, entry.la_code, entry.detail,
    entry.request_id, entry.break_glass_reason)::text, 'UTF8'))
$$;

-- Reading a record must not fail because nobody made a partition in time.
create table access.log_default partition of access.log default;
select app.keep_partitions('access.log', interval '7 years');
select app.ensure_partitions('access.log', current_date, 3);

alter table access.log enable row level security;
alter table access.log force row level security;
create policy log_append on access.log for insert with check (person = (select app.person()));
-- A history is for the data protection officer, the operator and the sealer; not for those it speaks of.
create policy log_read on access.log for select
  using ((select app.role()) in ('data_protection_officer', 'operator', 'system'));

do $$
declare
  app name := app.service_login(current_user);
begin
  execute format('revoke all on all tables in schema access from public, %I', app);
  execute format('revoke all on all functions in schema access from public, %I', app);
  execute format('grant usage on schema access to %I', app);
  execute format('grant select on access.log to %I', app);
  execute format('grant insert (purpose, action, subject_kind, subject_id, urn, la_code, detail, request_id, break_glass_reason)'
                 ' on access.log to %I', app);
  execute format('grant select, insert on access.seal to %I', app);
  execute format('grant execute on function access.row_digest(access.log) to %I', app);
end $$;
