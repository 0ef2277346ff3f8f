-- Pupils, where they are on roll, and what is recorded about them.

create table pupil (
  pupil_id      uuid   not null,
  upn           text   not null,
  surname       text   not null,
  forename      text   not null,
  date_of_birth date   not null,
  sex           text   not null,
  ethnicity     text   not null,
  updated_at    timestamptz not null,
  -- For searching: compared byte by byte, so that the index serves and row-level security lets the comparison through.
  surname_key   text collate "C" generated always as (lower(surname)) stored,
  forename_key  text collate "C" generated always as (lower(forename)) stored,
  constraint pupil_pkey primary key (pupil_id),
  constraint pupil_upn_key unique (upn),
  constraint pupil_sex_known check (sex in ('M', 'F', 'U'))
);
create index pupil_by_surname on pupil (surname_key, forename_key);
create index pupil_by_forename on pupil (forename_key);

create table former_upn (
  upn      text not null,
  pupil_id uuid not null,
  constraint former_upn_pkey primary key (upn),
  constraint former_upn_pupil_fkey foreign key (pupil_id) references pupil (pupil_id)
);
create index former_upn_by_pupil on former_upn (pupil_id);

-- One pupil on one school's roll from a day to a day, both included.
create table enrolment (
  enrolment_id uuid    not null,
  pupil_id     uuid    not null,
  urn          integer not null,
  la_code      integer not null,
  entry_date   date    not null,
  leaving_date date,
  status       text    not null,
  arrival      bigint  generated always as identity,   -- order in which the school's rolls were filled
  version      bigint  not null,
  updated_at   timestamptz not null,
  constraint enrolment_pkey primary key (enrolment_id),
  constraint enrolment_once unique (pupil_id, urn, entry_date),
  constraint enrolment_pupil_fkey foreign key (pupil_id) references pupil (pupil_id),
  constraint enrolment_school_fkey foreign key (urn) references school (urn),
  constraint enrolment_days_in_order check (leaving_date is null or leaving_date >= entry_date),
  constraint enrolment_status_known check (status in ('C', 'M', 'S'))
);
create index enrolment_by_school on enrolment (urn, arrival);

-- Rises with every change of a school's roll, so that readers can keep a copy and ask only whether it is current.
create table roll_version (
  urn     integer not null,
  version bigint  not null,
  constraint roll_version_pkey primary key (urn)
);

-- From valid_from on; the first known values carry -infinity: they hold for all days before as well.
create table pupil_characteristics (
  pupil_id      uuid    not null,
  valid_from    date    not null,
  year_group    text    not null,
  sen_provision text    not null,
  pupil_premium boolean not null,
  free_school_meals boolean not null,
  english_additional_language boolean not null,
  looked_after  boolean not null,
  version       bigint  not null,
  recorded_at   timestamptz not null,
  constraint pupil_characteristics_pkey primary key (pupil_id, valid_from),
  constraint pupil_characteristics_pupil_fkey foreign key (pupil_id) references pupil (pupil_id),
  constraint pupil_characteristics_sen_known check (sen_provision in ('N', 'K', 'E'))
);

select app.protect('enrolment');

-- A pupil is seen by whoever may see one of their enrolments (the policy's own query runs under the enrolments' policy).
alter table pupil enable row level security;
alter table pupil force row level security;
create policy pupil_scope on pupil
  using ((select app.everything())
         or exists (select 1 from enrolment e where e.pupil_id = pupil.pupil_id));

alter table former_upn enable row level security;
alter table former_upn force row level security;
create policy former_upn_scope on former_upn
  using ((select app.everything())
         or exists (select 1 from enrolment e where e.pupil_id = former_upn.pupil_id));

alter table pupil_characteristics enable row level security;
alter table pupil_characteristics force row level security;
create policy pupil_characteristics_scope on pupil_characteristics
  using ((select app.everything())
         or exists (select 1 from enrolment e where e.pupil_id = pupil_characteristics.pupil_id));
