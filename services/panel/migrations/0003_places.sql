-- Providers of alternative provision, their places, and the placements that hold them.

create table provider (
  provider_id  uuid    not null,
  la_code      integer not null,
  name         text    not null,
  urn          integer,
  registration text    not null,
  easting      integer not null,
  northing     integer not null,
  open         boolean not null,
  version      bigint  not null,
  constraint provider_pkey primary key (provider_id),
  constraint provider_name_key unique (la_code, name),
  constraint provider_registration_known check (registration in ('registered_school', 'independent_school', 'college',
                                                                 'unregistered'))
);

-- Who works there and uses Pathways.
create table provider_person (
  provider_id uuid    not null,
  person_id   uuid    not null,
  la_code     integer not null,
  constraint provider_person_pkey primary key (provider_id, person_id),
  constraint provider_person_provider_fkey foreign key (provider_id) references provider (provider_id)
);
create index provider_person_of_person on provider_person (person_id);

create table provider_check (
  check_id    bigint      generated always as identity,
  provider_id uuid        not null,
  la_code     integer     not null,
  kind        text        not null,
  outcome     text        not null,
  checked_on  date        not null,
  next_due    date        not null,
  checked_by  text        not null default app.person(),
  constraint provider_check_pkey primary key (check_id),
  constraint provider_check_provider_fkey foreign key (provider_id) references provider (provider_id),
  constraint provider_check_kind_known check (kind in ('safeguarding', 'staff_checks', 'premises', 'curriculum',
                                                       'attendance_reporting', 'visit')),
  constraint provider_check_outcome_known check (outcome in ('met', 'partly_met', 'not_met')),
  constraint provider_check_days_in_order check (next_due > checked_on)
);
create index provider_check_last on provider_check (provider_id, kind, checked_on desc, check_id desc);
select app.make_append_only('provider_check');

create table programme (
  programme_id uuid    not null,
  provider_id  uuid    not null,
  la_code      integer not null,
  name         text    not null,
  tier         integer not null,
  phase        text    not null,
  needs        text[]  not null,
  pence_a_week bigint  not null,
  version      bigint  not null,
  constraint programme_pkey primary key (programme_id),
  constraint programme_provider_fkey foreign key (provider_id) references provider (provider_id),
  constraint programme_name_key unique (provider_id, name),
  constraint programme_tier_range check (tier between 1 and 3),
  constraint programme_phase_known check (phase in ('primary', 'secondary'))
);

-- One row a place, day of the week and number from 1: what can be given.
create table place (
  programme_id uuid    not null,
  la_code      integer not null,
  day          text    not null,
  number       integer not null,
  constraint place_pkey primary key (programme_id, day, number),
  constraint place_programme_fkey foreign key (programme_id) references programme (programme_id),
  constraint place_day_known check (day in ('mon', 'tue', 'wed', 'thu', 'fri')),
  constraint place_number_range check (number between 1 and 200)
);

create table placement (
  placement_id      uuid        not null,
  case_id           uuid        not null,
  decision_id       uuid        not null,
  pupil_id          uuid        not null,
  urn               integer     not null,
  la_code           integer     not null,
  provider_id       uuid,
  programme_id      uuid,
  receiving_urn     integer,
  name              text        not null,            -- of provider and programme when it was offered
  tier              integer     not null,
  days              text[]      not null,
  state             text        not null,
  version           bigint      not null,
  event_version     bigint      not null default 0,
  start_day         date        not null,
  planned_end       date,
  next_review       date,
  ended_on          date,
  end_reason        text        not null default '',
  reintegration_urn integer,
  reintegration_day date,
  plan_words        bigint,
  origin_trace_id   text        not null,
  updated_by        text        not null,
  updated_at        timestamptz not null,
  last_call         text        not null default '',
  constraint placement_pkey primary key (placement_id),
  constraint placement_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint placement_provider_fkey foreign key (provider_id) references provider (provider_id),
  constraint placement_programme_fkey foreign key (programme_id) references programme (programme_id),
  constraint placement_state_known check (state in ('offered', 'accepted', 'started', 'ended', 'declined', 'withdrawn')),
  constraint placement_somewhere check ((programme_id is null) = (receiving_urn is not null)
                                        and (programme_id is null) = (provider_id is null)),
  constraint placement_ended_has_day check ((state = 'ended') = (ended_on is not null)),
  constraint placement_ended_has_reason check ((state = 'ended') = (end_reason <> ''))
);
create index placement_of_case on placement (case_id);
create index placement_of_provider on placement (provider_id, state);
create index placement_of_authority on placement (la_code, state);
-- A decision is carried out by one placement at a time.
create unique index placement_one_of_decision on placement (decision_id) where state in ('offered', 'accepted', 'started');

-- Who has which place. One pupil at a time has a place: the second of two clerks in the same second is refused by this index,
-- whatever the code above it does.
create table place_taken (
  programme_id uuid        not null,
  day          text        not null,
  number       integer     not null,
  placement_id uuid        not null,
  la_code      integer     not null,
  taken_at     timestamptz not null,
  freed_at     timestamptz,
  constraint place_taken_pkey primary key (placement_id, day),
  constraint place_taken_place_fkey foreign key (programme_id, day, number) references place (programme_id, day, number),
  constraint place_taken_placement_fkey foreign key (placement_id) references placement (placement_id)
);
create unique index place_taken_once on place_taken (programme_id, day, number) where freed_at is null;

do $$
declare
  part text;
begin
  foreach part in array array['provider', 'provider_person', 'provider_check', 'programme', 'place'] loop
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy %1$s_write on %1$I using ((select app.runs_panel()) and app.in_authority(la_code))'
                   ' with check ((select app.runs_panel()) and app.in_authority(la_code))', part);
  end loop;
  foreach part in array array['provider_check', 'programme', 'place'] loop
    execute format('create policy %1$s_read on %1$I for select using ((select app.reads_panel())'
                   ' and la_code = any ((select app.authorities())::integer[]))', part);
  end loop;
end
$$;
create policy provider_person_read on provider_person for select
  using (person_id::text = (select app.person())
         or ((select app.reads_panel()) and la_code = any ((select app.authorities())::integer[])));
create policy provider_read on provider for select
  using (((select app.reads_panel()) and la_code = any ((select app.authorities())::integer[]))
         or exists (select 1 from provider_person p
                    where p.provider_id = provider.provider_id and p.person_id::text = (select app.person())));
-- An officer offers a place, too, and locks the programme meanwhile.
create policy programme_lock on programme for update
  using ((select app.works_panel()) and la_code = any ((select app.authorities())::integer[]));

-- The school of the case and the school that takes the pupil; the authority; the provider: its own only.
alter table placement enable row level security;
alter table placement force row level security;
create policy placement_read on placement for select
  using ((select app.everything())
         or ((select app.role()) = 'school'
             and (urn = any ((select app.schools())::integer[])
                  or (receiving_urn = any ((select app.schools())::integer[])
                      and state in ('offered', 'accepted', 'started', 'ended'))))
         or ((select app.reads_panel()) and la_code = any ((select app.authorities())::integer[])
             and not exists (select 1 from interest i
                             where i.case_id = placement.case_id and i.person_id::text = (select app.person())))
         or ((select app.role()) = 'provider'
             and exists (select 1 from provider_person p
                         where p.provider_id = placement.provider_id and p.person_id::text = (select app.person()))));
create policy placement_insert on placement for insert
  with check ((select app.everything())
              or ((select app.works_panel()) and la_code = any ((select app.authorities())::integer[])));
create policy placement_update on placement for update
  using ((select app.everything())
         or ((select app.works_panel()) and la_code = any ((select app.authorities())::integer[]))
         or ((select app.role()) = 'provider'
             and exists (select 1 from provider_person p
                         where p.provider_id = placement.provider_id and p.person_id::text = (select app.person()))));

alter table place_taken enable row level security;
alter table place_taken force row level security;
create policy place_taken_scope on place_taken
  using ((select app.everything())
         or ((select app.reads_panel()) and la_code = any ((select app.authorities())::integer[]))
         or ((select app.role()) = 'provider'
             and exists (select 1 from placement p where p.placement_id = place_taken.placement_id)))
  with check ((select app.everything())
              or ((select app.works_panel()) and la_code = any ((select app.authorities())::integer[]))
              or ((select app.role()) = 'provider'
                  and exists (select 1 from placement p where p.placement_id = place_taken.placement_id)));
