-- Where schools and providers are and who changed a provider last; schools that answer an offer; the plan for the return to a school.

-- National grid, metres; null: not known.
alter table school_phase
  add column easting  integer,
  add column northing integer;

alter table provider
  add column updated_by text        not null default '',
  add column updated_at timestamptz not null default now(),
  add column last_call  text        not null default '';
alter table programme
  add column updated_by text        not null default '',
  add column updated_at timestamptz not null default now(),
  add column last_call  text        not null default '';

-- Officers enter providers, too.
do $$
declare
  part text;
begin
  foreach part in array array['provider', 'provider_person', 'provider_check', 'programme', 'place'] loop
    execute format('drop policy %1$s_write on %1$I', part);
    execute format('create policy %1$s_write on %1$I'
                   ' using (((select app.everything()) or (select app.works_panel())) and app.in_authority(la_code))'
                   ' with check (((select app.everything()) or (select app.works_panel())) and app.in_authority(la_code))', part);
  end loop;
end
$$;
drop policy programme_lock on programme;

-- What the provider or the school that takes the pupil needs to know, in words.
alter table placement add column offer_words bigint;
alter table placement add constraint placement_offer_words_fkey foreign key (offer_words) references words (words_id);

-- The plan for the return takes the place of these words.
alter table placement drop constraint placement_plan_words_fkey;
alter table placement drop column plan_words;

-- The school that takes the pupil answers the offer, and sees the placement of a pupil who is to come to it once the plan for that
-- is agreed (reintegration_urn is set then).
drop policy placement_read on placement;
create policy placement_read on placement for select
  using ((select app.everything())
         or ((select app.role()) = 'school'
             and (urn = any ((select app.schools())::integer[])
                  or reintegration_urn = any ((select app.schools())::integer[])
                  or (receiving_urn = any ((select app.schools())::integer[])
                      and state in ('offered', 'accepted', 'started', 'ended'))))
         or ((select app.reads_panel()) and la_code = any ((select app.authorities())::integer[])
             and not exists (select 1 from interest i
                             where i.case_id = placement.case_id and i.person_id::text = (select app.person())))
         or ((select app.role()) = 'provider'
             and exists (select 1 from provider_person p
                         where p.provider_id = placement.provider_id and p.person_id::text = (select app.person()))));
create policy placement_answer on placement for update
  using ((select app.role()) = 'school' and receiving_urn = any ((select app.schools())::integer[]));
create index placement_of_receiving_school on placement (receiving_urn) where receiving_urn is not null;
create index placement_of_returning_school on placement (reintegration_urn) where reintegration_urn is not null;

-- One plan a placement. Written by those who see the placement; agreed by the authority for all; a change of an agreed plan has to
-- be agreed again. Words are in the table of that name.
create table reintegration_plan (
  placement_id  uuid        not null,
  case_id       uuid        not null,
  pupil_id      uuid        not null,
  urn           integer     not null,                -- school of the case
  la_code       integer     not null,
  state         text        not null,
  version       bigint      not null,
  to_urn        integer     not null,
  first_day     date        not null,
  phased_until  date,                                -- part time at first, up to this day; null: full time from the first day
  support       bigint      not null,
  pupil_view    bigint,
  parent_view   bigint,
  next_review   date,
  agreed_at     timestamptz,
  agreed_by     text        not null default '',
  parents_agree boolean     not null default false,
  updated_by    text        not null,
  updated_at    timestamptz not null,
  last_call     text        not null default '',
  constraint reintegration_plan_pkey primary key (placement_id),
  constraint reintegration_plan_placement_fkey foreign key (placement_id) references placement (placement_id),
  constraint reintegration_plan_support_fkey foreign key (support) references words (words_id),
  constraint reintegration_plan_pupil_view_fkey foreign key (pupil_view) references words (words_id),
  constraint reintegration_plan_parent_view_fkey foreign key (parent_view) references words (words_id),
  constraint reintegration_plan_state_known check (state in ('draft', 'agreed', 'returned', 'held', 'broke_down')),
  constraint reintegration_plan_agreed_by_somebody check ((state = 'draft') = (agreed_at is null)),
  constraint reintegration_plan_phase_is_limited check (phased_until > first_day)
);
create index reintegration_plan_to_school on reintegration_plan (to_urn, state);

-- What is done, by whom, by when.
create table reintegration_step (
  placement_id uuid    not null,
  step_id      uuid    not null,
  what         bigint  not null,
  owner_agency text    not null,
  due          date    not null,
  done_on      date,
  done_by      text,
  constraint reintegration_step_pkey primary key (placement_id, step_id),
  constraint reintegration_step_plan_fkey foreign key (placement_id) references reintegration_plan (placement_id),
  constraint reintegration_step_what_fkey foreign key (what) references words (words_id),
  constraint reintegration_step_done_by_somebody check ((done_on is null) = (done_by is null))
);

create table reintegration_review (
  review_id    bigint      generated always as identity,
  placement_id uuid        not null,
  day          date        not null,
  outcome      text        not null,
  words        bigint      not null,
  next_review  date,
  person       text        not null default app.person(),
  at           timestamptz not null,
  constraint reintegration_review_pkey primary key (review_id),
  constraint reintegration_review_plan_fkey foreign key (placement_id) references reintegration_plan (placement_id),
  constraint reintegration_review_words_fkey foreign key (words) references words (words_id),
  constraint reintegration_review_outcome_known check (outcome in ('going_well', 'needs_more', 'held', 'broke_down'))
);
create index reintegration_review_of_plan on reintegration_review (placement_id);
select app.make_append_only('reintegration_review');

-- Whoever sees the placement. A school to which the pupil goes sees it with the agreement (see above); a manager writes nothing.
do $$
declare
  part text;
  seen text;
begin
  foreach part in array array['reintegration_plan', 'reintegration_step', 'reintegration_review'] loop
    seen := format('exists (select 1 from placement p where p.placement_id = %I.placement_id)', part);
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy %1$s_read on %1$I for select using (%2$s)', part, seen);
    execute format('create policy %1$s_write on %1$I'
                   ' using ((select app.role()) in (''school'', ''provider'', ''inclusion_officer'', ''panel_clerk'', ''panel_chair'', ''operator'')'
                   '        and %2$s)'
                   ' with check ((select app.role()) in (''school'', ''provider'', ''inclusion_officer'', ''panel_clerk'', ''panel_chair'', ''operator'')'
                   '             and %2$s)', part, seen);
  end loop;
end
$$;
