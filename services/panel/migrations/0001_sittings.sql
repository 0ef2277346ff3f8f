-- Panels, their sittings and who sits. No child's record.

-- Roles of the authority that see cases once they are referred; those of them who work on cases, and so read people's words; who
-- prepares and runs the panel.
create function app.reads_panel() returns boolean
  language sql stable parallel safe
  return coalesce(app.role() in ('inclusion_officer', 'panel_clerk', 'panel_chair', 'manager'), false);

create function app.works_panel() returns boolean
  language sql stable parallel safe
  return coalesce(app.role() in ('inclusion_officer', 'panel_clerk', 'panel_chair'), false);

create function app.runs_panel() returns boolean
  language sql stable parallel safe
  return coalesce(app.everything() or app.role() in ('panel_clerk', 'panel_chair'), false);

create function app.in_authority(la_code integer) returns boolean
  language sql stable parallel safe
  return coalesce(app.everything() or la_code = any (app.authorities()), false);

create table panel (
  panel_id       uuid    not null,
  la_code        integer not null,
  name           text    not null,
  phase          text    not null,
  usual_capacity integer not null,
  version        bigint  not null,
  constraint panel_pkey primary key (panel_id),
  constraint panel_name_key unique (la_code, name),
  constraint panel_phase_known check (phase in ('primary', 'secondary')),
  constraint panel_capacity_range check (usual_capacity between 1 and 60)
);
alter table panel enable row level security;
alter table panel force row level security;
create policy panel_read on panel for select using (app.in_authority(la_code));
create policy panel_insert on panel for insert with check ((select app.runs_panel()) and app.in_authority(la_code));
create policy panel_update on panel for update using ((select app.runs_panel()) and app.in_authority(la_code));

create table sitting (
  sitting_id    uuid        not null,
  panel_id      uuid        not null,
  panel_name    text        not null,    -- as it was when the sitting was last saved; members see no panels
  la_code       integer     not null,
  phase         text        not null,
  day           date        not null,
  starts_at     text        not null,
  venue         text        not null,
  capacity      integer     not null,
  papers_day    date        not null,
  state         text        not null,
  clerk_ordered boolean     not null default false,
  version       bigint      not null,
  updated_by    text        not null,
  updated_at    timestamptz not null,
  last_call     text        not null default '',
  constraint sitting_pkey primary key (sitting_id),
  constraint sitting_panel_fkey foreign key (panel_id) references panel (panel_id),
  constraint sitting_phase_known check (phase in ('primary', 'secondary')),
  constraint sitting_state_known check (state in ('planned', 'open', 'closed', 'cancelled')),
  constraint sitting_capacity_range check (capacity between 1 and 60),
  constraint sitting_papers_before check (papers_day < day)
);
create index sitting_by_day on sitting (la_code, phase, day);

create table sitting_member (
  sitting_id uuid    not null,
  person_id  uuid    not null,
  seat       text    not null,
  urn        integer,                    -- a head teacher's school
  attended   boolean not null default false,
  constraint sitting_member_pkey primary key (sitting_id, person_id),
  constraint sitting_member_sitting_fkey foreign key (sitting_id) references sitting (sitting_id),
  constraint sitting_member_seat_known check (seat in ('chair', 'head_teacher', 'authority', 'send', 'early_help', 'social_care',
                                                       'educational_psychology', 'police_or_youth', 'alternative_provision')),
  constraint sitting_member_head_has_school check (seat <> 'head_teacher' or urn is not null)
);
create index sitting_member_of_person on sitting_member (person_id);
create unique index sitting_member_one_chair on sitting_member (sitting_id) where seat = 'chair';

-- Who sits is known to whoever sees the sitting: the policies of cases are built on it, so it has none of its own for reading.
alter table sitting_member enable row level security;
alter table sitting_member force row level security;
create policy sitting_member_read on sitting_member for select using (true);
create policy sitting_member_write on sitting_member
  using ((select app.runs_panel())) with check ((select app.runs_panel()));

alter table sitting enable row level security;
alter table sitting force row level security;
create policy sitting_insert on sitting for insert with check ((select app.runs_panel()) and app.in_authority(la_code));
create policy sitting_update on sitting for update using ((select app.runs_panel()) and app.in_authority(la_code));
-- sitting_read: with the cases.
