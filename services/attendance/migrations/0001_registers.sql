-- Registers, kept as rolls: one row a school and day, two bytes a pupil. Nothing here names a pupil: UPNs stay with the
-- registry. Rows are few (a school's year is about 190), so a year is deleted, not a partition dropped.

-- A school that has enrolments or registers. Its row is the lock under which its registers change.
create table book (
  la_code integer not null,
  urn     integer not null,
  constraint book_pkey primary key (urn)
);
select app.protect('book');

-- How many slots a school's roll of one academic year (202627) has.
create table roll (
  la_code       integer not null,
  urn           integer not null,
  academic_year integer not null,
  slots         integer not null default 0,
  constraint roll_pkey primary key (urn, academic_year),
  constraint roll_slots_not_negative check (slots >= 0)
);
select app.protect('roll');

-- Which enrolment has which slot. Given in order of arrival, never changed, never given again.
create table slot (
  la_code       integer not null,
  urn           integer not null,
  academic_year integer not null,
  slot          integer not null,
  enrolment_id  uuid    not null,
  constraint slot_pkey primary key (urn, academic_year, slot),
  constraint slot_once unique (enrolment_id, academic_year)
);
select app.protect('slot');

-- A school's register of one day, as it was known from recorded_at on. Appended, never changed: a correction is a new
-- version. Two bytes a slot, morning and afternoon, as libs/education/attendance_code.h writes them.
create table day_block (
  la_code     integer     not null,
  urn         integer     not null,
  day         date        not null,
  version     integer     not null,
  marks       bytea       not null,
  recorded_at timestamptz not null,
  recorded_by text        not null,
  import_id   uuid        not null,
  constraint day_block_pkey primary key (urn, day, version),
  constraint day_block_version_positive check (version > 0)
) with (toast_tuple_target = 8160);
alter table day_block alter column marks set compression lz4;
select app.protect('day_block');

-- Sessions from the start of the academic year to that day, for each slot four 16-bit little-endian counts: possible,
-- attended, authorised, unauthorised. As now known: a late or corrected day rewrites the rows from that day on. A slot
-- beyond the end has no sessions yet.
create table day_sums (
  la_code integer not null,
  urn     integer not null,
  day     date    not null,
  sums    bytea   not null,
  constraint day_sums_pkey primary key (urn, day)
) with (fillfactor = 70, toast_tuple_target = 8160);
alter table day_sums alter column sums set compression lz4;
select app.protect('day_sums');

-- Every mark that was changed (School Attendance (Pupil Registration) (England) Regulations 2024: original, amended, why,
-- who, when). Append-only.
create table amendment (
  amendment_id bigint generated always as identity,
  la_code      integer     not null,
  urn          integer     not null,
  enrolment_id uuid        not null,
  day          date        not null,
  session      text        not null,
  original     text        not null,
  amended      text        not null,
  reason       text        not null,
  amended_by   text        not null,
  person       text        not null,
  recorded_at  timestamptz not null,
  import_id    uuid        not null,
  constraint amendment_pkey primary key (amendment_id),
  constraint amendment_session_known check (session in ('AM', 'PM'))
);
create index amendment_of_enrolment on amendment (enrolment_id, day);
select app.protect('amendment');

-- What a school wrote beside a mark. Latest value.
create table mark_note (
  la_code      integer     not null,
  urn          integer     not null,
  enrolment_id uuid        not null,
  day          date        not null,
  session      text        not null,
  minutes_late smallint,
  comment      text        not null,
  recorded_at  timestamptz not null,
  import_id    uuid        not null,
  constraint mark_note_pkey primary key (enrolment_id, day, session),
  constraint mark_note_session_known check (session in ('AM', 'PM'))
);
select app.protect('mark_note');
