-- Years of figures: kept as cells that every change of a pupil's exclusions adds its difference to, so that they are read by
-- index whatever the number of exclusions. All of it can be thrown away and built again from the exclusions.

alter table school add column locality text not null default '';
-- Single or main registration: what a headcount counts.
alter table enrolment add column main boolean not null default true;

-- What the service works out; no caller writes it under their own scope.
create function app.protect_worked_out(protected regclass, readable text) returns void
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', protected);
  execute format('alter table %s force row level security', protected);
  execute format('create policy read on %s for select using ((select app.everything()) or (%s))', protected, readable);
  execute format('create policy write on %s for all using ((select app.everything()))', protected);
end
$$;

-- Authorities of the caller's schools: their figures as a whole are there to compare with.
create function app.authorities_of_schools() returns integer[]
  language sql stable parallel safe
  return (select array_agg(distinct la_code) from school where urn = any (app.schools()));

-- An exclusion that counts in statistics, with what is recorded about pupil and school, as it was last counted.
create table trend_case (
  exclusion_id  uuid     not null,
  pupil_id      uuid     not null,
  la_code       integer  not null,
  urn           integer  not null,
  phase         text     not null,
  locality      text     not null,
  kind          text     not null,
  start_date    date     not null,
  academic_year integer  not null,   -- 202627
  term          smallint not null,   -- 1 autumn, 2 spring, 3 summer
  half_days     integer  not null,
  reasons       text[]   not null,
  -- On the first day; empty: not known.
  year_group    text     not null,
  sen_provision text     not null,
  disadvantaged text     not null,
  sex           text     not null,
  looked_after  text     not null,
  constraint trend_case_pkey primary key (exclusion_id),
  constraint trend_case_exclusion_fkey foreign key (exclusion_id) references exclusion (exclusion_id),
  constraint trend_case_term_known check (term between 1 and 3)
);
create index trend_case_of_pupil on trend_case (pupil_id);
create index trend_case_of_authority on trend_case (la_code, academic_year, start_date desc, exclusion_id);
create index trend_case_of_school on trend_case (urn, academic_year, start_date desc, exclusion_id);
select app.protect_worked_out('trend_case',
  '(select app.reads_exclusions()) and (la_code = any ((select app.authorities())::integer[])'
  ' or urn = any ((select app.schools())::integer[]))');

-- One place, year or term (0: the year), and value of a breakdown.
create table trend_cell (
  la_code       integer  not null,
  place_kind    text     not null,
  place         text     not null,   -- URN, locality or phase; empty: the authority
  breakdown     text     not null,
  academic_year integer  not null,
  term          smallint not null,
  value         text     not null,
  suspensions   bigint   not null,
  half_days     bigint   not null,
  pupils        bigint   not null,   -- with one or more suspension
  permanent     bigint   not null,
  constraint trend_cell_pkey primary key (la_code, place_kind, place, breakdown, academic_year, term, value),
  constraint trend_cell_place_known check (place_kind in ('authority', 'school', 'locality', 'phase')),
  constraint trend_cell_term_known check (term between 0 and 3)
);
select app.protect_worked_out('trend_cell',
  '(select app.reads_exclusions()) and (la_code = any ((select app.authorities())::integer[])'
  ' or (place_kind = ''school'' and place = any ((select app.schools())::text[]))'
  ' or (place_kind = ''authority'' and breakdown <> ''school'' and la_code = any ((select app.authorities_of_schools())::integer[])))');

-- Pupils that rates are of, by the same places and breakdowns.
create table trend_headcount (
  la_code       integer not null,
  place_kind    text    not null,
  place         text    not null,
  breakdown     text    not null,
  academic_year integer not null,
  value         text    not null,
  pupils        bigint  not null,
  constraint trend_headcount_pkey primary key (la_code, place_kind, place, breakdown, academic_year, value)
);
select app.protect_worked_out('trend_headcount',
  '(select app.reads_exclusions()) and (la_code = any ((select app.authorities())::integer[])'
  ' or (place_kind = ''school'' and place = any ((select app.schools())::text[]))'
  ' or (place_kind = ''authority'' and breakdown <> ''school'' and la_code = any ((select app.authorities_of_schools())::integer[])))');

-- The day whose roll was counted for a year.
create table trend_roll (
  la_code       integer not null,
  academic_year integer not null,
  counted_on    date    not null,
  constraint trend_roll_pkey primary key (la_code, academic_year)
);
select app.protect_reference('trend_roll');

-- A row for every statement that changed what headcounts are of; whoever writes the copies need not know. Rows are only added, so
-- that nobody waits for anybody here, and taken away by the one who counts.
create table trend_roll_changed (
  change_id bigint generated always as identity,
  constraint trend_roll_changed_pkey primary key (change_id)
);
create function app.note_roll_change() returns trigger
  language plpgsql
as $$
begin
  insert into trend_roll_changed default values;
  return null;
end
$$;
create trigger enrolment_noted after insert or update or delete on enrolment
  for each statement execute function app.note_roll_change();
create trigger characteristics_noted after insert or update or delete on characteristics
  for each statement execute function app.note_roll_change();
create trigger school_noted after insert or update or delete on school
  for each statement execute function app.note_roll_change();
