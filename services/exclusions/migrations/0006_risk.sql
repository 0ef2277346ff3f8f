-- Early intervention: what is known about pupils beyond their exclusions, the authority's weights, and proposals of help.

alter table characteristics add column ethnic_group text not null default '';   -- empty: not known; for the audit only

-- Of the registers, what windows of absence are worked out from. Fed by attendance's events; an enrolment that a register names
-- may become known later. Read by nobody but the service.
create function app.protect_unread(protected regclass) returns void
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', protected);
  execute format('alter table %s force row level security', protected);
  execute format('create policy scope on %s using ((select app.everything()))', protected);
end
$$;

create table register_day (
  la_code  integer  not null,
  urn      integer  not null,
  day      date     not null,
  sessions smallint not null,   -- that the school held
  constraint register_day_pkey primary key (urn, day),
  constraint register_day_sessions check (sessions between 0 and 2)
);
select app.protect_unread('register_day');

create table absence_day (
  enrolment_id uuid     not null,
  day          date     not null,
  urn          integer  not null,
  absent       smallint not null,
  unauthorised smallint not null,   -- of these
  not_possible smallint not null,
  constraint absence_day_pkey primary key (enrolment_id, day)
);
create index absence_day_of_register on absence_day (urn, day);
select app.protect_unread('absence_day');

-- Support under way, as other services tell of it.
create table support (
  source    text not null,   -- request/<id>, placement/<id>
  pupil_id  uuid not null,
  kind      text not null,
  from_day  date not null,
  to_day    date,
  constraint support_pkey primary key (source),
  constraint support_kind_known check (kind in ('early_help', 'placement'))
);
create index support_of_pupil on support (pupil_id);
select app.protect_unread('support');

-- Pupils whose facts changed: weighed by the one who takes the rows away. Rows are only added, so that nobody waits here, by
-- whoever writes a fact: they need not know.
create table risk_changed (
  change_id bigint generated always as identity,
  pupil_id  uuid not null,
  constraint risk_changed_pkey primary key (change_id)
);
alter table risk_changed enable row level security;
alter table risk_changed force row level security;
create policy note on risk_changed for insert with check (true);
create policy take on risk_changed for all using ((select app.everything()));

create function app.note_risk_new() returns trigger
  language plpgsql
as $$
begin
  insert into risk_changed (pupil_id) select distinct pupil_id from after_rows;
  return null;
end
$$;
create function app.note_risk_exclusion() returns trigger
  language plpgsql
as $$
begin
  insert into risk_changed (pupil_id)
  select distinct n.pupil_id from after_rows n join before_rows o using (exclusion_id)
  where (n.kind, n.start_date, n.half_days, n.reasons, n.state, n.ended_on, n.has_social_worker)
        is distinct from (o.kind, o.start_date, o.half_days, o.reasons, o.state, o.ended_on, o.has_social_worker);
  return null;
end
$$;
create function app.note_risk_absence() returns trigger
  language plpgsql
as $$
begin
  insert into risk_changed (pupil_id)
  select distinct e.pupil_id from changed_rows c join enrolment e using (enrolment_id);
  return null;
end
$$;
create trigger exclusion_new_risk after insert on exclusion
  referencing new table as after_rows for each statement execute function app.note_risk_new();
create trigger exclusion_changed_risk after update on exclusion
  referencing new table as after_rows old table as before_rows for each statement execute function app.note_risk_exclusion();
create trigger enrolment_new_risk after insert on enrolment
  referencing new table as after_rows for each statement execute function app.note_risk_new();
create trigger enrolment_changed_risk after update on enrolment
  referencing new table as after_rows for each statement execute function app.note_risk_new();
create trigger characteristics_new_risk after insert on characteristics
  referencing new table as after_rows for each statement execute function app.note_risk_new();
create trigger characteristics_changed_risk after update on characteristics
  referencing new table as after_rows for each statement execute function app.note_risk_new();
create trigger support_new_risk after insert on support
  referencing new table as after_rows for each statement execute function app.note_risk_new();
create trigger support_changed_risk after update on support
  referencing new table as after_rows for each statement execute function app.note_risk_new();
create trigger absence_new_risk after insert on absence_day
  referencing new table as changed_rows for each statement execute function app.note_risk_absence();
create trigger absence_gone_risk after delete on absence_day
  referencing old table as changed_rows for each statement execute function app.note_risk_absence();

-- When days alone change a pupil's facts.
create table risk_look (
  pupil_id uuid not null,
  due_on   date not null,
  constraint risk_look_pkey primary key (pupil_id)
);
create index risk_look_due on risk_look (due_on);
select app.protect_unread('risk_look');

-- Who decides about proposals, and who may see those of their pupils; who sets weights.
create function app.decides_risk() returns boolean
  language sql stable parallel safe
  return coalesce(app.everything() or app.role() = 'inclusion_officer', false);

create function app.audits_risk() returns boolean
  language sql stable parallel safe
  return coalesce(app.everything() or app.role() in ('school', 'inclusion_officer', 'manager'), false);

create function app.sets_risk_weights() returns boolean
  language sql stable parallel safe
  return coalesce(app.everything() or app.role() = 'manager', false);

-- Weights that were ever on. Never changed; the highest number is on. No row: the usual ones, number 0.
create table risk_weights (
  la_code        integer     not null,
  number         integer     not null,
  weights        bytea       not null,   -- pathways.exclusions.v1.RiskWeights
  reason         text        not null,
  switched_on_at timestamptz not null,
  switched_on_by text        not null default app.person(),
  constraint risk_weights_pkey primary key (la_code, number),
  constraint risk_weights_number check (number > 0)
);
alter table risk_weights enable row level security;
alter table risk_weights force row level security;
-- What points a fact has is no secret to a pupil's school.
create policy read on risk_weights for select
  using ((select app.audits_risk()) and ((select app.everything()) or la_code = any ((select app.authorities())::integer[])
         or la_code = any ((select app.authorities_of_schools())::integer[])));
create policy write on risk_weights for insert
  with check ((select app.sets_risk_weights())
              and ((select app.everything()) or la_code = any ((select app.authorities())::integer[])));
select app.make_append_only('risk_weights');

-- One an authority: what is being thought about.
create table risk_weights_draft (
  la_code    integer     not null,
  weights    bytea       not null,
  version    bigint      not null,
  updated_at timestamptz not null,
  updated_by text        not null,
  last_call  text        not null default '',
  constraint risk_weights_draft_pkey primary key (la_code),
  constraint risk_weights_draft_version check (version > 0)
);
alter table risk_weights_draft enable row level security;
alter table risk_weights_draft force row level security;
create policy scope on risk_weights_draft
  using ((select app.sets_risk_weights())
         and ((select app.everything()) or la_code = any ((select app.authorities())::integer[])));

create table risk_proposal (
  proposal_id    uuid        not null,
  pupil_id       uuid        not null,
  urn            integer     not null,
  la_code        integer     not null,
  state          text        not null,
  -- As it was made.
  first_facts    bytea       not null,   -- pathways.exclusions.v1.RiskFacts
  first_weights  integer     not null,   -- number; 0: the usual ones
  proposed_at    timestamptz not null,
  -- As last looked at while open; afterwards as it was decided or lapsed.
  facts          bytea       not null,
  weights_number integer     not null,
  score          integer     not null,
  threshold      integer     not null,
  is_primary     boolean     not null,
  weighed_at     timestamptz not null,
  decision       text        not null default '',
  decided_at     timestamptz,
  decided_by     text        not null default '',
  lapsed_because text        not null default '',
  below_since    boolean     not null default false,   -- decided, and the facts were below the threshold since
  version        bigint      not null,                 -- one more with every change a person can see
  event_version  bigint      not null default 0,
  updated_at     timestamptz not null,
  updated_by     text        not null,
  last_call      text        not null default '',
  constraint risk_proposal_pkey primary key (proposal_id),
  constraint risk_proposal_state_known check (state in ('open', 'decided', 'lapsed')),
  constraint risk_proposal_decision_known check (decision in ('', 'no_action', 'school_support', 'early_help', 'refer_to_panel')),
  constraint risk_proposal_decided check ((state = 'decided') = (decision <> '') and (decided_at is not null) = (decision <> '')),
  constraint risk_proposal_lapsed check ((state = 'lapsed') = (lapsed_because <> '')),
  constraint risk_proposal_lapsed_known check (lapsed_because in ('', 'facts', 'left', 'excluded')),
  constraint risk_proposal_version check (version > 0)
);
create unique index risk_proposal_open on risk_proposal (pupil_id) where state = 'open';
create index risk_proposal_of_pupil on risk_proposal (pupil_id, proposed_at desc);
create index risk_proposal_of_authority on risk_proposal (la_code, state, score desc, proposed_at, proposal_id);
create index risk_proposal_of_school on risk_proposal (urn, state, score desc, proposed_at, proposal_id);
alter table risk_proposal enable row level security;
alter table risk_proposal force row level security;
create policy read on risk_proposal for select
  using ((select app.everything()) or ((select app.records_exclusions())
         and (la_code = any ((select app.authorities())::integer[]) or urn = any ((select app.schools())::integer[]))));
create policy decide on risk_proposal for update
  using ((select app.decides_risk())
         and ((select app.everything()) or la_code = any ((select app.authorities())::integer[])));
create policy make on risk_proposal for insert with check ((select app.everything()));

-- Decisions with their words, the last one holds.
create table risk_decision (
  entry_id    bigint      generated always as identity,
  proposal_id uuid        not null,
  urn         integer     not null,
  la_code     integer     not null,
  decision    text        not null,
  reason      text        not null,
  score       integer     not null,
  at          timestamptz not null,
  by          text        not null default app.person(),
  role        text        not null default app.role(),
  constraint risk_decision_pkey primary key (entry_id),
  constraint risk_decision_proposal_fkey foreign key (proposal_id) references risk_proposal (proposal_id)
);
create index risk_decision_of_proposal on risk_decision (proposal_id, entry_id desc);
alter table risk_decision enable row level security;
alter table risk_decision force row level security;
create policy read on risk_decision for select
  using ((select app.everything()) or ((select app.records_exclusions())
         and (la_code = any ((select app.authorities())::integer[]) or urn = any ((select app.schools())::integer[]))));
create policy write on risk_decision for insert
  with check ((select app.decides_risk())
              and ((select app.everything()) or la_code = any ((select app.authorities())::integer[])));
select app.make_append_only('risk_decision');

-- Pupils who are known already are weighed as soon as the service runs.
select set_config('app.everything', 't', true);
insert into risk_changed (pupil_id) select distinct pupil_id from enrolment;
select set_config('app.everything', 'f', true);
