-- What attendance keeps of the registry's pupils: where they are on roll, and what figures are broken down by. Opaque ids
-- only. Fed by the registry's events; an enrolment that a roll names before its event has come is written from the roll.

create table enrolment (
  la_code      integer not null,
  urn          integer not null,
  enrolment_id uuid    not null,
  pupil_id     uuid    not null,
  entry_date   date    not null,
  leaving_date date,
  recorded_at  timestamptz not null,
  constraint enrolment_pkey primary key (enrolment_id)
);
create index enrolment_of_school on enrolment (urn);
create index enrolment_of_pupil on enrolment (pupil_id);
select app.protect('enrolment');

-- Values from a day on, as recorded at an instant. A pupil's first values carry -infinity: they hold for all days before
-- as well.
create table characteristics (
  pupil_id      uuid        not null,
  valid_from    date        not null,
  recorded_at   timestamptz not null,
  sen_provision text        not null,
  pupil_premium boolean     not null,
  sex           text        not null,
  year_group    text        not null,
  looked_after  boolean     not null,
  constraint characteristics_pkey primary key (pupil_id, valid_from, recorded_at)
);
-- Seen by whoever may see one of the pupil's enrolments (whose own policy decides).
alter table characteristics enable row level security;
alter table characteristics force row level security;
create policy characteristics_scope on characteristics
  using ((select app.everything())
         or exists (select from enrolment e where e.pupil_id = characteristics.pupil_id));
