-- The clock of each exclusion: the steps that apply, worked out whenever something behind them changes, so that what is owed is
-- read from an index. Why a date is what it is, is told on demand.
create table clock_step (
  exclusion_id uuid     not null,
  step         text     not null,
  pupil_id     uuid     not null,
  urn          integer  not null,
  la_code      integer  not null,
  owner        text     not null,
  due_kind     text     not null,
  rule         smallint not null,   -- as the rules number it; only to say why a date moved
  due          date,
  due_order    date     not null,   -- without delay first, past the known calendar last
  aim          date,
  count        smallint not null,   -- how the school days are counted
  count_from   date     not null,
  count_days   integer  not null,
  -- Where it stands: `state` until the day `turns_on`, `turns_to` from then on. So nothing has to be rewritten as days pass.
  state        text     not null,
  turns_on     date,
  turns_to     text     not null default '',
  done_on      date,
  to_do        boolean  not null,   -- somebody has to act; false for what is only "not before" and for the parents' own time
  -- The last move.
  was_due       date,
  moved_because text    not null default '',
  -- Events published for this due day, each once.
  approached   boolean  not null default false,
  missed       boolean  not null default false,
  constraint clock_step_pkey primary key (exclusion_id, step),
  constraint clock_step_exclusion_fkey foreign key (exclusion_id) references exclusion (exclusion_id),
  constraint clock_step_due_kind_known check (due_kind in ('without_delay', 'on_day', 'from_day', 'past_calendar')),
  constraint clock_step_state_known check (state in ('due', 'done', 'moot') and turns_to in ('', 'late', 'moot')),
  constraint clock_step_turns check ((turns_on is null) = (turns_to = ''))
);
create index clock_step_owed_by_school on clock_step (urn, due_order, exclusion_id) where state = 'due' and to_do;
create index clock_step_owed_by_authority on clock_step (la_code, due_order, exclusion_id) where state = 'due' and to_do;
create index clock_step_of_pupil on clock_step (pupil_id);
create index clock_step_turning on clock_step (turns_on) where state = 'due' and to_do and not missed;
create index clock_step_coming on clock_step (due) where state = 'due' and to_do and not approached;
select app.protect_exclusions('clock_step');

-- What people said they did. The latest entry of a step holds; one without a day takes the step back.
create table step_done (
  entry_id     bigint      generated always as identity,
  exclusion_id uuid        not null,
  step         text        not null,
  urn          integer     not null,
  la_code      integer     not null,
  done_on      date,
  at_time      text        not null,
  how          text        not null,
  recorded_at  timestamptz not null,
  recorded_by  text        not null default app.person(),
  constraint step_done_pkey primary key (entry_id),
  constraint step_done_exclusion_fkey foreign key (exclusion_id) references exclusion (exclusion_id),
  constraint step_done_how_known check (how in ('', 'delivered', 'post', 'email', 'in_person'))
);
create index step_done_of_exclusion on step_done (exclusion_id, step, entry_id desc);
select app.protect_exclusions('step_done');
select app.make_append_only('step_done');
