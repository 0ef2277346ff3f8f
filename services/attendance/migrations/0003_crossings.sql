-- Crossings of absence thresholds: the truth as now known.
create table crossing (
  la_code      integer  not null,
  urn          integer  not null,
  enrolment_id uuid     not null,
  day          date     not null,
  kind         text     not null,
  possible     integer  not null, -- since the start of the academic year, up to that day
  absent       integer  not null,
  unauthorised integer  not null, -- of these; for unauthorised_10_in_10_weeks the count in the rolling period
  constraint crossing_pkey primary key (enrolment_id, day, kind),
  constraint crossing_kind_known check (kind in ('persistent', 'severe', 'recovered_persistent', 'recovered_severe',
                                                 'unauthorised_10_in_10_weeks'))
);
create index crossing_of_school on crossing (urn, day);
select app.protect('crossing');

-- The version of what was last published about an enrolment's absence.
create table enrolment_version (
  la_code      integer not null,
  urn          integer not null,
  enrolment_id uuid    not null,
  version      bigint  not null,
  constraint enrolment_version_pkey primary key (enrolment_id),
  constraint enrolment_version_positive check (version > 0)
);
select app.protect('enrolment_version');

-- What an authority sets for itself. No row: the defaults of the law and of Pathways.
create table authority_setting (
  la_code                   integer not null,
  minimum_possible_sessions integer not null,
  constraint authority_setting_pkey primary key (la_code),
  constraint authority_setting_minimum check (minimum_possible_sessions between 1 and 400)
);
