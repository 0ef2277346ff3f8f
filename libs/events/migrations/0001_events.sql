-- What a service needs to publish events and to react to others' events. No row here belongs to a pupil's record: payloads
-- carry opaque ids and codes only, so there are no row-level policies; the service's login may do only what is granted at
-- the end.
create schema events;

-- Taken after the aggregate's row lock, so seq order is commit order within an aggregate. cache 1, because a session that
-- holds a range of numbers would hand out low ones late.
create sequence events.outbox_seq as bigint cache 1;

-- Append-only. Old months are dropped whole (events.maintain): deleting rows one by one leaves dead ones behind whenever a
-- long transaction pins them.
create table events.outbox (
  seq bigint not null,
  written_at timestamptz not null default now(),
  event_id uuid not null,
  event_time timestamptz not null,
  version bigint not null,
  topic text not null,
  type text not null,
  source text not null,
  subject text not null,
  aggregate text not null,
  key text not null,
  compaction_key text not null,
  traceparent text not null,
  payload bytea, -- null: tombstone
  constraint outbox_pk primary key (seq, written_at)
) partition by range (written_at);

-- Where the relay is: everything up to the watermark is published or never will be; above it, what is published already.
-- One row, updated in place.
create table events.relay (
  singleton boolean not null default true,
  epoch bigint not null default 0, -- one more for each new leader
  watermark bigint not null default 0,
  published int8multirange not null default '{}',
  updated_at timestamptz not null default now(),
  constraint relay_pk primary key (singleton),
  constraint relay_one_row check (singleton)
) with (fillfactor = 20);
insert into events.relay default values;

-- Which event each reaction has seen. event_time is the event's own (ce_time), the same however often it is delivered, so
-- that the key stays unique over all partitions.
create table events.inbox (
  event_time timestamptz not null,
  event_id uuid not null,
  reaction text not null,
  constraint inbox_pk primary key (event_id, reaction, event_time)
) partition by range (event_time);

-- How far each reaction is with each aggregate.
create table events.aggregate (
  reaction text not null,
  aggregate text not null,
  version bigint not null, -- last one applied, 0 for none
  parked bigint not null default 0, -- events that wait
  blocked boolean not null default false, -- behind a dead letter
  wake boolean not null default false, -- parked events may be ready: look
  constraint aggregate_pk primary key (reaction, aggregate)
) with (fillfactor = 70);
create index aggregate_wake on events.aggregate (reaction) where wake;
create index aggregate_parked on events.aggregate (reaction, aggregate) where parked > 0;

-- Events that came too early: an earlier version is missing, or is a dead letter. The record as it came.
create table events.parked (
  reaction text not null,
  aggregate text not null,
  version bigint not null,
  parked_at timestamptz not null default now(),
  topic text not null,
  partition integer not null,
  kafka_offset bigint not null,
  record_key bytea not null,
  headers bytea[] not null, -- name, value, name, value, ...
  value bytea,
  constraint parked_pk primary key (reaction, aggregate, version)
);

-- Events that could not be applied. The record as it came, byte for byte.
create table events.dead_letter (
  id bigint generated always as identity,
  reaction text not null,
  state text not null default 'dead',
  since timestamptz not null default now(),
  topic text not null,
  partition integer not null,
  kafka_offset bigint not null,
  record_key bytea not null,
  headers bytea[] not null,
  value bytea,
  type text not null, -- the last three as far as the record could be read, else '' and 0
  aggregate text not null,
  version bigint not null,
  error text not null,
  attempts integer not null default 1,
  constraint dead_letter_pk primary key (id),
  constraint dead_letter_state check (state in ('dead', 'replay_requested', 'replayed', 'discarded'))
);
-- The same record delivered again is the same letter; another record at the same place (a topic made anew) is not.
create unique index dead_letter_origin
  on events.dead_letter (reaction, topic, partition, kafka_offset, md5(coalesce(value, '')));
create index dead_letter_requested on events.dead_letter (reaction, id) where state = 'replay_requested';
create index dead_letter_aggregate on events.dead_letter (reaction, aggregate);

-- What people decided about dead letters and gaps. Append-only.
create table events.decision (
  id bigint generated always as identity,
  decided_at timestamptz not null default now(),
  action text not null,
  reaction text not null,
  aggregate text not null,
  dead_letter bigint,
  decided_by text not null,
  why text not null,
  constraint decision_pk primary key (id),
  constraint decision_action check (action in ('replay', 'discard', 'accept_gap')),
  constraint decision_dead_letter_fk foreign key (dead_letter) references events.dead_letter (id)
);
create index decision_dead_letter on events.decision (dead_letter);

-- A write must not fail because nobody made a partition in time, nor an event because it is older than all of them.
create table events.outbox_default partition of events.outbox default;
create table events.inbox_default partition of events.inbox default;

-- The outbox for looking back; the inbox longer than any topic that forgets. A topic that never does is guarded by the
-- versions in events.aggregate.
select app.keep_partitions('events.outbox', interval '30 days');
select app.keep_partitions('events.inbox', interval '400 days');

-- Months ahead for one table. Rows of such a month that are in the default partition already (a clock was wrong) stay there.
create function events.add_months(parent regclass) returns void
  language plpgsql
as $$
begin
  perform app.ensure_partitions(parent, current_date, 3);
exception
  when check_violation then
    raise warning '% has rows of a coming month in its default partition', parent;
end
$$;

-- Keeps partitions ahead of time and drops old ones; the relay calls it now and then. Never drops what is not published yet.
create function events.maintain() returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '2s'
as $$
declare
  unpublished date := (
    select min(o.written_at)::date from events.outbox o, events.relay r where o.seq > r.watermark);
begin
  perform events.add_months('events.outbox');
  perform events.add_months('events.inbox');
  perform app.drop_partitions_before(
    'events.outbox', least((now() - interval '30 days')::date, unpublished));
  perform app.drop_partitions_before('events.inbox', (now() - interval '400 days')::date);
end
$$;
select events.maintain();

-- The service's login: exactly what outbox, relay, consumer and dead letters do.
do $$
declare
  service name := app.service_login(current_user);
begin
  execute format('revoke all on all tables in schema events from public, %I', service);
  execute format('revoke all on all sequences in schema events from public, %I', service);
  execute format('revoke all on all functions in schema events from public, %I', service);
  execute format('grant usage on schema events to %I', service);
  execute format('grant usage on sequence events.outbox_seq to %I', service);
  execute format('grant select, insert on events.outbox, events.inbox, events.decision to %I', service);
  execute format('grant select, update on events.relay to %I', service);
  execute format('grant select, insert, update on events.aggregate, events.dead_letter to %I', service);
  execute format('grant select, insert, delete on events.parked to %I', service);
  execute format('grant execute on function events.maintain() to %I', service);
end
$$;
