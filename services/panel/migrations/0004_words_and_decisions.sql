-- What people wrote, what the panel decided, who owes what, and the timeline.

-- Words: reasons, conditions, notes, plans. For those on the case only: managers see cases, figures and where they stand. A
-- provider's words belong to its placement.
create table words (
  words_id     bigint      generated always as identity,
  case_id      uuid        not null,
  placement_id uuid,
  at           timestamptz not null default now(),
  person       text        not null default app.person(),
  words        text        not null,
  constraint words_pkey primary key (words_id),
  constraint words_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint words_placement_fkey foreign key (placement_id) references placement (placement_id)
);
select app.make_append_only('words');
alter table words enable row level security;
alter table words force row level security;
do $$
declare
  may text := '(select app.everything())'
              ' or ((select app.role()) is distinct from ''manager'''
              '     and (exists (select 1 from panel_case c where c.case_id = words.case_id)'
              '          or (placement_id is not null'
              '              and exists (select 1 from placement p where p.placement_id = words.placement_id))))';
begin
  execute 'create policy words_read on words for select using (' || may || ')';
  execute 'create policy words_add on words for insert with check (' || may || ')';
end
$$;
alter table panel_case add constraint panel_case_closed_words_fkey foreign key (closed_words) references words (words_id);
alter table placement add constraint placement_plan_words_fkey foreign key (plan_words) references words (words_id);

create table decision (
  decision_id    uuid        not null,
  case_id        uuid        not null,
  sitting_id     uuid        not null,
  pupil_id       uuid        not null,
  urn            integer     not null,
  la_code        integer     not null,
  number         integer     not null,
  state          text        not null,
  kind           text        not null,
  tier           integer     not null,
  receiving_urn  integer,
  until          date,
  review_on      date,
  parents_agree  boolean     not null,
  receiving_school_agrees boolean not null,
  missing        text[]      not null,
  way            text        not null,
  reasons        bigint      not null,
  conditions     bigint,
  change_reason  bigint,
  replaces       uuid,
  version        bigint      not null,
  signed_off_at  timestamptz,
  signed_off_by  text,
  updated_by     text        not null,
  updated_at     timestamptz not null,
  last_call      text        not null default '',
  constraint decision_pkey primary key (decision_id),
  constraint decision_number_key unique (case_id, number),
  constraint decision_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint decision_item_fkey foreign key (sitting_id, case_id) references agenda_item (sitting_id, case_id),
  constraint decision_reasons_fkey foreign key (reasons) references words (words_id),
  constraint decision_conditions_fkey foreign key (conditions) references words (words_id),
  constraint decision_change_reason_fkey foreign key (change_reason) references words (words_id),
  constraint decision_replaces_fkey foreign key (replaces) references decision (decision_id),
  constraint decision_state_known check (state in ('proposed', 'final', 'replaced')),
  constraint decision_kind_known check (kind in ('support_in_mainstream', 'managed_move', 'alternative_provision',
                                                 'fair_access_place', 'deferral')),
  constraint decision_way_known check (way in ('agreement', 'vote', 'chair')),
  constraint decision_tier_of_provision check ((kind = 'alternative_provision') = (tier between 1 and 3)),
  constraint decision_signed_off_unless_proposed check ((state = 'proposed') = (signed_off_at is null))
);
-- One is being written at a time, and one is in force (a deferral is in force until the next decision).
create unique index decision_one_proposed on decision (case_id) where state = 'proposed';
create unique index decision_one_final on decision (case_id) where state = 'final';
create index decision_of_sitting on decision (sitting_id);
alter table panel_case add constraint panel_case_decision_fkey foreign key (decision_id) references decision (decision_id);
alter table placement add constraint placement_decision_fkey foreign key (decision_id) references decision (decision_id);

-- What was signed off is never changed; it can only be replaced.
create function app.keep_final_decision() returns trigger
  language plpgsql
as $$
begin
  if old.state <> 'proposed'
     and (to_jsonb(old) - 'state' - 'version' - 'updated_at' - 'updated_by' - 'last_call')
         is distinct from (to_jsonb(new) - 'state' - 'version' - 'updated_at' - 'updated_by' - 'last_call') then
    raise exception 'a decision that was signed off is not changed';
  end if;
  return new;
end
$$;
create trigger decision_is_kept before update on decision for each row execute function app.keep_final_decision();

alter table decision enable row level security;
alter table decision force row level security;
create policy decision_read on decision for select
  using (exists (select 1 from panel_case c where c.case_id = decision.case_id));
create policy decision_insert on decision for insert with check ((select app.runs_panel()) and app.in_authority(la_code));
create policy decision_update on decision for update using ((select app.runs_panel()) and app.in_authority(la_code));

create table vote (
  decision_id uuid        not null,
  person_id   uuid        not null,
  choice      text        not null,
  at          timestamptz not null,
  written_by  text        not null default app.person(),
  constraint vote_pkey primary key (decision_id, person_id),
  constraint vote_decision_fkey foreign key (decision_id) references decision (decision_id),
  constraint vote_choice_known check (choice in ('for', 'against', 'abstain'))
);
alter table vote enable row level security;
alter table vote force row level security;
create policy vote_read on vote for select
  using (exists (select 1 from decision d where d.decision_id = vote.decision_id));
create policy vote_write on vote for all
  using ((person_id::text = (select app.person()) or (select app.runs_panel()))
         and exists (select 1 from decision d where d.decision_id = vote.decision_id and d.state = 'proposed'))
  with check ((person_id::text = (select app.person()) or (select app.runs_panel()))
              and exists (select 1 from decision d where d.decision_id = vote.decision_id and d.state = 'proposed'));

create table action (
  action_id       uuid        not null,
  case_id         uuid        not null,
  sitting_id      uuid,
  pupil_id        uuid        not null,
  urn             integer     not null,
  la_code         integer     not null,
  what            bigint      not null,
  owner_person_id uuid,
  owner_agency    text        not null,
  due             date        not null,
  done_on         date,
  done_by         text,
  added_at        timestamptz not null,
  constraint action_pkey primary key (action_id),
  constraint action_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint action_sitting_fkey foreign key (sitting_id) references sitting (sitting_id),
  constraint action_what_fkey foreign key (what) references words (words_id),
  constraint action_has_owner check ((owner_person_id is null) = (owner_agency <> '')),
  constraint action_done_by_somebody check ((done_on is null) = (done_by is null))
);
create index action_of_case on action (case_id);
create index action_of_owner on action (owner_person_id) where done_on is null;
alter table action enable row level security;
alter table action force row level security;
-- Whoever owes it sees it, also without the case.
create policy action_read on action for select
  using (owner_person_id::text = (select app.person())
         or exists (select 1 from panel_case c where c.case_id = action.case_id));
create policy action_insert on action for insert
  with check ((select app.everything()) or ((select app.works_panel()) and app.in_authority(la_code)));
create policy action_update on action for update
  using (owner_person_id::text = (select app.person())
         or (select app.everything()) or ((select app.works_panel()) and app.in_authority(la_code))
         or ((select app.role()) = 'school' and urn = any ((select app.schools())::integer[])));

create table placement_review (
  review_id    bigint      generated always as identity,
  placement_id uuid        not null,
  day          date        not null,
  outcome      text        not null,
  words        bigint      not null,
  next_review  date,
  person       text        not null default app.person(),
  at           timestamptz not null,
  constraint placement_review_pkey primary key (review_id),
  constraint placement_review_placement_fkey foreign key (placement_id) references placement (placement_id),
  constraint placement_review_words_fkey foreign key (words) references words (words_id),
  constraint placement_review_outcome_known check (outcome in ('continue', 'extend', 'ready_to_return', 'not_working'))
);
create index placement_review_of_placement on placement_review (placement_id);
select app.make_append_only('placement_review');
alter table placement_review enable row level security;
alter table placement_review force row level security;
create policy placement_review_scope on placement_review
  using (exists (select 1 from placement p where p.placement_id = placement_review.placement_id))
  with check (exists (select 1 from placement p where p.placement_id = placement_review.placement_id));

-- What happened with a pupil here. Never changed.
create table timeline (
  entry_id     bigint      generated always as identity,
  case_id      uuid        not null,
  placement_id uuid,
  pupil_id     uuid        not null,
  urn          integer     not null,
  la_code      integer     not null,
  at           timestamptz not null,
  kind         text        not null,
  code         text        not null default '',
  note         bigint,
  person       text        not null default app.person(),   -- "system:<name>" when Pathways acted
  role         text        not null default app.role(),     -- at the time
  trace_id     text        not null,
  constraint timeline_pkey primary key (entry_id),
  constraint timeline_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint timeline_placement_fkey foreign key (placement_id) references placement (placement_id),
  constraint timeline_note_fkey foreign key (note) references words (words_id)
);
create index timeline_of_pupil on timeline (pupil_id, at, entry_id);
select app.make_append_only('timeline');
alter table timeline enable row level security;
alter table timeline force row level security;
create policy timeline_read on timeline for select
  using (exists (select 1 from panel_case c where c.case_id = timeline.case_id));
create policy timeline_add on timeline for insert
  with check ((select app.role()) is distinct from 'manager'
              and (exists (select 1 from panel_case c where c.case_id = timeline.case_id)
                   or exists (select 1 from placement p where p.placement_id = timeline.placement_id)));
