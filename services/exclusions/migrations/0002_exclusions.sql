-- Suspensions and permanent exclusions.

-- The lock under which a pupil's exclusions change: days in term and year, and the clocks that hang on them, are over all of
-- them, at whatever school. Read by nobody.
create table pupil (
  pupil_id uuid not null,
  constraint pupil_pkey primary key (pupil_id)
);
alter table pupil enable row level security;
alter table pupil force row level security;
create policy pupil_scope on pupil using ((select app.everything()));

create table exclusion (
  exclusion_id  uuid        not null,
  reference     text        not null,
  pupil_id      uuid        not null,
  urn           integer     not null,
  la_code       integer     not null,
  -- What the head teacher decided.
  kind          text        not null,
  start_date    date        not null,
  start_session text        not null,
  half_days     integer     not null,              -- lunchtimes: their number; permanent: 0
  reasons       text[]      not null,
  decided_on    date        not null,
  exam_on       date,
  warnings_seen boolean     not null,
  history       boolean     not null,
  -- What the law asks about the pupil, as of the first day.
  sen_provision         text    not null default '',   -- empty: not known
  year_group            text    not null default '',   -- empty: not known
  looked_after          boolean not null default false,
  has_social_worker     boolean not null,
  compulsory_age        boolean not null,
  no_examinations_left  boolean not null,
  -- Where it stands.
  state         text        not null,
  ended_on      date,
  board_told_on         date,
  representations_on    date,
  board_met_on          date,
  board_decision        text not null default '',
  reinstated_from       date,
  decision_notice_on    date,
  review_waived_on      date,
  review_applied_on     date,
  panel_met_on          date,
  panel_decision        text not null default '',
  panel_notice_on       date,
  reconsidered_on       date,
  reconsidered_decision text not null default '',
  version         bigint      not null,              -- one more with every change
  event_version   bigint      not null default 0,    -- of the last event published
  recorded_at     timestamptz not null,
  recorded_by     text        not null,
  updated_at      timestamptz not null,
  updated_by      text        not null,
  last_call       text        not null default '',   -- request id of the call that made the last change
  import_id       uuid,
  import_row      bigint      not null default 0,
  -- Worked out by the rules, anew whenever a fact or a calendar changes.
  end_date                 date,
  back_on                  date,
  back_session             text    not null default 'AM',
  half_days_in_term        integer not null default 0,
  half_days_in_year        integer not null default 0,
  half_days_elsewhere      integer not null default 0,
  half_days_in_other_term  integer not null default 0,
  next_step                text    not null default '',   -- the earliest that is owed
  next_due                 date,
  constraint exclusion_pkey primary key (exclusion_id),
  constraint exclusion_reference_key unique (reference),
  constraint exclusion_kind_known check (kind in ('SUSP', 'LNCH', 'PERM')),
  constraint exclusion_session_known check (start_session in ('AM', 'PM')),
  constraint exclusion_length check (half_days >= 0 and (kind = 'PERM') = (half_days = 0)),
  constraint exclusion_reasons_count check (cardinality(reasons) between 1 and 3),
  constraint exclusion_state_known check (state in ('recorded', 'cancelled', 'withdrawn', 'reinstated')),
  constraint exclusion_ended_has_day check ((ended_on is not null) = (state in ('cancelled', 'withdrawn'))),
  constraint exclusion_version_positive check (version > 0)
);
-- A file names an exclusion by these; one recorded by mistake makes room for the right one.
create unique index exclusion_of_pupil on exclusion (pupil_id, kind, start_date, urn, start_session) where state <> 'withdrawn';
create index exclusion_by_pupil on exclusion (pupil_id, start_date);
create index exclusion_of_school on exclusion (urn, start_date desc, exclusion_id);
create index exclusion_of_authority on exclusion (la_code, start_date desc, exclusion_id);
select app.protect_exclusions('exclusion');

-- What people wrote; the latest version holds, the others are its history.
create table exclusion_words (
  exclusion_id uuid        not null,
  version      bigint      not null,
  urn          integer     not null,
  la_code      integer     not null,
  evidence     text        not null,
  tried        text        not null,
  provision    text        not null,
  written_at   timestamptz not null,
  written_by   text        not null,
  constraint exclusion_words_pkey primary key (exclusion_id, version),
  constraint exclusion_words_exclusion_fkey foreign key (exclusion_id) references exclusion (exclusion_id)
);
select app.protect_words('exclusion_words');
select app.make_append_only('exclusion_words');

-- What happened. Never changed.
create table timeline (
  entry_id     bigint      generated always as identity,
  pupil_id     uuid        not null,
  urn          integer     not null,
  la_code      integer     not null,
  at           timestamptz not null,
  kind         text        not null,
  person       text        not null default app.person(),   -- "system:<name>" when Pathways acted
  role         text        not null default app.role(),     -- at the time
  exclusion_id uuid        not null,
  step         text        not null,
  change       text        not null,                         -- "half days: 10 -> 6; reasons: PP -> DB PP"
  trace_id     text        not null,
  constraint timeline_pkey primary key (entry_id),
  constraint timeline_exclusion_fkey foreign key (exclusion_id) references exclusion (exclusion_id)
);
create index timeline_of_pupil on timeline (pupil_id, at desc, entry_id desc);
create index timeline_of_exclusion on timeline (exclusion_id);
select app.protect_exclusions('timeline');
select app.make_append_only('timeline');

-- Words that belong to an entry: a reason, a note of a decision.
create table timeline_note (
  entry_id bigint  not null,
  urn      integer not null,
  la_code  integer not null,
  note     text    not null,
  constraint timeline_note_pkey primary key (entry_id),
  constraint timeline_note_entry_fkey foreign key (entry_id) references timeline (entry_id)
);
select app.protect_words('timeline_note');
select app.make_append_only('timeline_note');

-- Facts of an exclusion that is being thought about. Its school's alone, without effect.
create table draft (
  draft_id     uuid        not null,
  pupil_id     uuid        not null,
  urn          integer     not null,
  la_code      integer     not null,
  facts        bytea       not null,              -- pathways.exclusions.v1.ExclusionFacts
  version      bigint      not null,
  created_at   timestamptz not null,
  created_by   text        not null,
  updated_at   timestamptz not null,
  updated_by   text        not null,
  last_call    text        not null default '',
  exclusion_id uuid,                              -- what it became
  constraint draft_pkey primary key (draft_id),
  constraint draft_exclusion_fkey foreign key (exclusion_id) references exclusion (exclusion_id),
  constraint draft_version_positive check (version > 0)
);
create index draft_of_school on draft (urn, updated_at desc);
alter table draft enable row level security;
alter table draft force row level security;
create policy draft_scope on draft
  using ((select app.everything())
         or ((select app.records_exclusions())
             and (urn = any ((select app.schools())::integer[])
                  or (la_code = any ((select app.authorities())::integer[]) and created_by = (select app.person())))));
