-- Cases before the panel, the agendas they are on, who has an interest, and what members saw.

create table panel_case (
  case_id         uuid        not null,
  reference       text        not null,
  pupil_id        uuid        not null,
  urn             integer     not null,
  la_code         integer     not null,
  phase           text,                              -- null: a school with both, and nobody has said
  origin          text        not null,
  exclusion_id    uuid,
  state           text        not null,
  version         bigint      not null,              -- one more with every change
  event_version   bigint      not null default 0,    -- of the last event published; saving a page publishes none
  due             date,                              -- education must be provided (day six of a permanent exclusion)
  complete        boolean     not null default false,
  sealed          boolean     not null default false,
  asked_for       text        not null default '',
  sitting_id      uuid,
  deferred_for    text[]      not null default '{}',
  decision_id     uuid,
  closed_reason   text        not null default '',
  closed_words    bigint,
  origin_trace_id text        not null,
  created_by      text        not null,
  created_at      timestamptz not null,
  referred_at     timestamptz,
  updated_by      text        not null,
  updated_at      timestamptz not null,
  last_call       text        not null default '',
  constraint panel_case_pkey primary key (case_id),
  constraint panel_case_reference_key unique (reference),
  constraint panel_case_exclusion_key unique (exclusion_id),
  constraint panel_case_sitting_fkey foreign key (sitting_id) references sitting (sitting_id),
  constraint panel_case_phase_known check (phase in ('primary', 'secondary')),
  constraint panel_case_origin_known check (origin in ('school', 'officer', 'permanent_exclusion')),
  constraint panel_case_state_known check (state in ('draft', 'referred', 'scheduled', 'decided', 'closed', 'withdrawn')),
  constraint panel_case_version_positive check (version > 0),
  constraint panel_case_referred_unless_draft check (referred_at is not null or state in ('draft', 'withdrawn')),
  constraint panel_case_scheduled_somewhere check (state <> 'scheduled' or sitting_id is not null),
  constraint panel_case_decided_by_decision check (state <> 'decided' or decision_id is not null),
  constraint panel_case_closed_for_a_reason check ((state in ('closed', 'withdrawn')) = (closed_reason <> ''))
);
create index panel_case_of_school on panel_case (urn, state);
create index panel_case_of_authority on panel_case (la_code, state);
create index panel_case_of_pupil on panel_case (pupil_id);

create table agenda_item (
  sitting_id uuid    not null,
  case_id    uuid    not null,
  urn        integer not null,
  la_code    integer not null,
  position   integer not null,
  added_by   text    not null,
  late       boolean not null,
  state      text    not null default 'on',          -- done: the sitting is over
  constraint agenda_item_pkey primary key (sitting_id, case_id),
  constraint agenda_item_sitting_fkey foreign key (sitting_id) references sitting (sitting_id),
  constraint agenda_item_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint agenda_item_added_by_known check (added_by in ('clock', 'clerk')),
  constraint agenda_item_state_known check (state in ('on', 'removed', 'done'))
);
create unique index agenda_item_one_sitting on agenda_item (case_id) where state = 'on';

-- An interest is for good.
create table interest (
  case_id     uuid        not null,
  person_id   uuid        not null,
  la_code     integer     not null,
  sitting_id  uuid        not null,
  declared_at timestamptz not null default now(),
  declared_by text        not null default app.person(),
  constraint interest_pkey primary key (case_id, person_id),
  constraint interest_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint interest_sitting_fkey foreign key (sitting_id) references sitting (sitting_id)
);
select app.make_append_only('interest');
alter table interest enable row level security;
alter table interest force row level security;
create policy interest_read on interest for select
  using ((select app.everything())
         or person_id::text = (select app.person())
         or ((select app.works_panel()) and la_code = any ((select app.authorities())::integer[])));
create policy interest_add on interest for insert
  with check (person_id::text = (select app.person()) or (select app.runs_panel()));

-- A member sees what is on the agendas of their sittings, but no case of their own school as a member and none they have an
-- interest in. An interest hides a case from the authority's people, too.
alter table agenda_item enable row level security;
alter table agenda_item force row level security;
create policy agenda_item_read on agenda_item for select
  using ((select app.everything())
         or ((select app.role()) = 'school' and urn = any ((select app.schools())::integer[]))
         or (((select app.reads_panel()) and la_code = any ((select app.authorities())::integer[])
              or exists (select 1 from sitting_member m
                         where m.sitting_id = agenda_item.sitting_id and m.person_id::text = (select app.person())
                           and m.urn is distinct from agenda_item.urn))
             and not exists (select 1 from interest i
                             where i.case_id = agenda_item.case_id and i.person_id::text = (select app.person()))));
create policy agenda_item_insert on agenda_item for insert
  with check ((select app.runs_panel()) and app.in_authority(la_code));
-- Who ends a case takes it off, too.
create policy agenda_item_update on agenda_item for update
  using ((select app.everything())
         or ((select app.works_panel()) and app.in_authority(la_code))
         or ((select app.role()) = 'school' and urn = any ((select app.schools())::integer[])));

alter table panel_case enable row level security;
alter table panel_case force row level security;
create policy panel_case_read on panel_case for select
  using ((select app.everything())
         or ((select app.role()) = 'school' and urn = any ((select app.schools())::integer[]))
         or ((select app.reads_panel()) and la_code = any ((select app.authorities())::integer[])
             and (referred_at is not null or created_by = (select app.person()))
             and not exists (select 1 from interest i
                             where i.case_id = panel_case.case_id and i.person_id::text = (select app.person())))
         or exists (select 1 from agenda_item a join sitting_member m using (sitting_id)
                    where a.case_id = panel_case.case_id and a.state <> 'removed'
                      and m.person_id::text = (select app.person()) and m.urn is distinct from panel_case.urn
                      and (select app.role()) in ('panel_member', 'panel_chair', 'school')
                      and not exists (select 1 from interest i
                                      where i.case_id = panel_case.case_id
                                        and i.person_id::text = (select app.person()))));
create policy panel_case_insert on panel_case for insert
  with check ((select app.everything())
              or ((select app.role()) = 'school' and urn = any ((select app.schools())::integer[]))
              or ((select app.works_panel()) and la_code = any ((select app.authorities())::integer[])));
create policy panel_case_update on panel_case for update
  using ((select app.everything())
         or ((select app.role()) = 'school' and urn = any ((select app.schools())::integer[]))
         or ((select app.works_panel()) and la_code = any ((select app.authorities())::integer[])
             and (referred_at is not null or created_by = (select app.person()))));

create policy sitting_read on sitting for select
  using (app.in_authority(la_code)
         or exists (select 1 from sitting_member m
                    where m.sitting_id = sitting.sitting_id and m.person_id::text = (select app.person()))
         or exists (select 1 from panel_case c where c.la_code = sitting.la_code));

-- Answers of one page, as the form names them (docs/reference/panel-case.md): {"key": "value"}. For the school and who works on
-- the case in the authority; members read the sealed pack, managers no words at all.
create table case_section (
  case_id  uuid        not null,
  urn      integer     not null,
  name     text        not null,
  answers  jsonb       not null,
  saved_at timestamptz not null,
  saved_by text        not null,
  constraint case_section_pkey primary key (case_id, name),
  constraint case_section_case_fkey foreign key (case_id) references panel_case (case_id)
);
-- What Pathways knew when the case was started. Empty value: could not be had then.
create table prefilled_fact (
  case_id  uuid        not null,
  urn      integer     not null,
  position integer     not null,
  key      text        not null,
  value    text        not null,
  source   text        not null,
  known_at timestamptz not null,
  constraint prefilled_fact_pkey primary key (case_id, key),
  constraint prefilled_fact_case_fkey foreign key (case_id) references panel_case (case_id)
);
do $$
declare
  part text;
  may text := '(select app.everything())'
              ' or ((select app.works_panel()) and exists (select 1 from panel_case c where c.case_id = %1$I.case_id))'
              ' or ((select app.role()) = ''school'' and urn = any ((select app.schools())::integer[]))';
begin
  foreach part in array array['case_section', 'prefilled_fact'] loop
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy %1$s_scope on %1$I using (' || may || ') with check (' || may || ')', part);
  end loop;
end
$$;

-- What members saw of a case in a sitting, as it was when it was sealed. `digest` is over `content`.
create table pack (
  sitting_id uuid        not null,
  case_id    uuid        not null,
  urn        integer     not null,
  la_code    integer     not null,
  content    text        not null,
  digest     bytea       not null,
  sealed_at  timestamptz not null,
  sealed_by  text        not null default app.person(),
  constraint pack_pkey primary key (sitting_id, case_id),
  constraint pack_item_fkey foreign key (sitting_id, case_id) references agenda_item (sitting_id, case_id),
  constraint pack_digest_of_content check (digest = sha256(convert_to(content, 'UTF8')))
);
select app.make_append_only('pack');
alter table pack enable row level security;
alter table pack force row level security;
create policy pack_read on pack for select
  using ((select app.everything())
         or (((select app.works_panel())
              or exists (select 1 from sitting_member m
                         where m.sitting_id = pack.sitting_id and m.person_id::text = (select app.person())
                           and m.urn is distinct from pack.urn))
             and exists (select 1 from panel_case c where c.case_id = pack.case_id)));
create policy pack_add on pack for insert with check ((select app.runs_panel()) and app.in_authority(la_code));

create table pack_reading (
  reading_id bigint      generated always as identity,
  sitting_id uuid        not null,
  case_id    uuid        not null,
  la_code    integer     not null,
  person     text        not null default app.person(),
  role       text        not null default app.role(),
  at         timestamptz not null,
  digest     bytea       not null,
  constraint pack_reading_pkey primary key (reading_id),
  constraint pack_reading_pack_fkey foreign key (sitting_id, case_id) references pack (sitting_id, case_id)
);
create index pack_reading_of_pack on pack_reading (sitting_id, case_id);
select app.make_append_only('pack_reading');
alter table pack_reading enable row level security;
alter table pack_reading force row level security;
create policy pack_reading_read on pack_reading for select
  using ((select app.everything())
         or person = (select app.person())
         or ((select app.works_panel()) and la_code = any ((select app.authorities())::integer[])));
create policy pack_reading_add on pack_reading for insert
  with check (exists (select 1 from pack p where p.sitting_id = pack_reading.sitting_id and p.case_id = pack_reading.case_id));

-- Phase of each school, from registry: a case that an exclusion opens must know its panel.
create table school_phase (
  urn     integer not null,
  la_code integer not null,
  phase   text,                                      -- null: both, or none
  constraint school_phase_pkey primary key (urn),
  constraint school_phase_known check (phase in ('primary', 'secondary'))
);
