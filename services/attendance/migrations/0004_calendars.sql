-- School calendars, fed by the registry's events: a changed one may change which sessions lie within ten school weeks, with no
-- register in sight. No child's record: read by every caller, written by the reaction alone.
create function app.protect_reference(protected regclass) returns void
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', protected);
  execute format('alter table %s force row level security', protected);
  execute format('create policy read on %s for select using (true)', protected);
  execute format('create policy write on %s for all using ((select app.everything()))', protected);
end
$$;

-- All entries of an authority (urn 0) or a school for one academic year (202627) came in one event of that version.
create table calendar (
  la_code       integer not null,
  urn           integer not null,
  academic_year integer not null,
  version       bigint  not null,
  constraint calendar_pkey primary key (la_code, urn, academic_year)
);
create index calendar_of_school on calendar (urn);
select app.protect_reference('calendar');

create table calendar_entry (
  la_code       integer not null,
  urn           integer not null,
  academic_year integer not null,
  kind          text    not null,
  name          text    not null,
  first_day     date    not null,
  last_day      date    not null,
  constraint calendar_entry_calendar_fkey foreign key (la_code, urn, academic_year)
    references calendar (la_code, urn, academic_year) on delete cascade
);
create index calendar_entry_of_calendar on calendar_entry (la_code, urn, academic_year);
select app.protect_reference('calendar_entry');

-- The registry's version of a school's calendar (the sum of the versions of its own and its authority's years) with which
-- registers were last taken in. While the copy here is behind it, events of the registry are still on their way, and what it
-- brings on the way there changes no crossing.
create table calendar_seen (
  la_code integer not null,
  urn     integer not null,
  version bigint  not null,
  constraint calendar_seen_pkey primary key (urn)
);
select app.protect('calendar_seen');
