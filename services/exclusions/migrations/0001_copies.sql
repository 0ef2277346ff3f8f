-- What exclusions keeps of the registry, fed by its events: schools, calendars, where pupils are on roll, and what the law asks
-- about them. Opaque ids only.

-- Roles that read exclusions; those of them who record and decide, and so are on the case.
create function app.reads_exclusions() returns boolean
  language sql stable parallel safe
  return coalesce(app.everything() or app.role() in ('school', 'inclusion_officer', 'early_help_worker', 'manager'), false);

create function app.records_exclusions() returns boolean
  language sql stable parallel safe
  return coalesce(app.everything() or app.role() in ('school', 'inclusion_officer'), false);

-- Rows with la_code and urn: read by the readers within their scope, written by the recorders within theirs.
create function app.protect_exclusions(protected regclass) returns void
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', protected);
  execute format('alter table %s force row level security', protected);
  execute format('create policy read on %s for select'
                 ' using ((select app.everything()) or ((select app.reads_exclusions())'
                 ' and (la_code = any ((select app.authorities())::integer[])'
                 ' or urn = any ((select app.schools())::integer[]))))', protected);
  execute format('create policy write on %s for all'
                 ' using ((select app.everything()) or ((select app.records_exclusions())'
                 ' and (la_code = any ((select app.authorities())::integer[])'
                 ' or urn = any ((select app.schools())::integer[]))))', protected);
end
$$;

-- For those who record only: people's words, drafts.
create function app.protect_words(protected regclass) returns void
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', protected);
  execute format('alter table %s force row level security', protected);
  execute format('create policy scope on %s'
                 ' using ((select app.everything()) or ((select app.records_exclusions())'
                 ' and (la_code = any ((select app.authorities())::integer[])'
                 ' or urn = any ((select app.schools())::integer[]))))', protected);
end
$$;

-- No child's record: read by every caller (a pupil's days at another school are counted by that school's calendar), written by
-- the reaction alone.
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

create table school (
  la_code integer not null,
  urn     integer not null,
  phase   text    not null,
  constraint school_pkey primary key (urn)
);
create index school_of_authority on school (la_code);
select app.protect_reference('school');

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

create table enrolment (
  la_code      integer not null,
  urn          integer not null,
  enrolment_id uuid    not null,
  pupil_id     uuid    not null,
  entry_date   date    not null,
  leaving_date date,
  constraint enrolment_pkey primary key (enrolment_id)
);
create index enrolment_of_school on enrolment (urn);
create index enrolment_of_pupil on enrolment (pupil_id);
select app.protect_exclusions('enrolment');

-- Values from a day on. A pupil's first values carry -infinity: they hold for all days before as well.
create table characteristics (
  pupil_id      uuid    not null,
  valid_from    date    not null,
  sen_provision text    not null,
  sex           text    not null,
  year_group    text    not null,
  pupil_premium boolean not null,
  looked_after  boolean not null,
  constraint characteristics_pkey primary key (pupil_id, valid_from)
);
-- Seen by whoever may see one of the pupil's enrolments (whose own policy decides).
alter table characteristics enable row level security;
alter table characteristics force row level security;
create policy characteristics_scope on characteristics
  using ((select app.everything())
         or exists (select from enrolment e where e.pupil_id = characteristics.pupil_id));
