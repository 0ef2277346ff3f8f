-- Early Help requests and the proposals that may lead to them.

-- Roles of the authority that see requests once they are sent; those of them who work on cases; who may write at all.
create function app.reads_cases() returns boolean
  language sql stable parallel safe
  return coalesce(app.role() in ('inclusion_officer', 'early_help_worker', 'manager'), false);

create function app.works_cases() returns boolean
  language sql stable parallel safe
  return coalesce(app.role() in ('inclusion_officer', 'early_help_worker'), false);

create function app.writes_cases() returns boolean
  language sql stable parallel safe
  return coalesce(app.everything() or app.role() in ('school', 'inclusion_officer', 'early_help_worker'), false);

create table request (
  request_id      uuid        not null,
  reference       text        not null,
  pupil_id        uuid        not null,
  urn             integer     not null,
  la_code         integer     not null,
  state           text        not null,
  version         bigint      not null,              -- one more with every change
  event_version   bigint      not null default 0,    -- of the last event published; saving a page publishes none
  created_by      text        not null,
  created_at      timestamptz not null,
  submitted_at    timestamptz,                       -- when it was last sent; null: never
  decision_due    date,
  worker_id       uuid,
  decision_code   text        not null default '',
  decision_entry  bigint,                            -- timeline entry whose words are the last decision's
  proposal_id     uuid,
  main_reason     text        not null default '',
  origin_trace_id text        not null,              -- of the register that raised the proposal, else of the draft's start
  updated_at      timestamptz not null,
  updated_by      text        not null,
  last_call       text        not null default '',   -- request id of the call that made the last change
  constraint request_pkey primary key (request_id),
  constraint request_reference_key unique (reference),
  constraint request_state_known check (state in ('draft', 'submitted', 'more_asked', 'accepted', 'allocated', 'redirected',
                                                  'declined', 'withdrawn')),
  constraint request_version_positive check (version > 0),
  constraint request_sent_has_due check ((submitted_at is null) = (decision_due is null)),
  constraint request_sent_unless_draft check (submitted_at is not null or state in ('draft', 'withdrawn')),
  constraint request_held_when_allocated check ((worker_id is not null) = (state = 'allocated'))
);
create index request_of_school on request (urn, state);
create index request_of_authority on request (la_code, state);
create index request_of_pupil on request (pupil_id);
create index request_of_worker on request (worker_id) where worker_id is not null;

alter table request enable row level security;
alter table request force row level security;
-- A draft is its school's (or its writer's); what was sent is the authority's, too.
create policy request_read on request for select
  using ((select app.everything())
         or urn = any ((select app.schools())::integer[])
         or ((select app.reads_cases()) and la_code = any ((select app.authorities())::integer[])
             and (submitted_at is not null or created_by = (select app.person()))));
create policy request_insert on request for insert
  with check ((select app.everything())
              or ((select app.writes_cases())
                  and (urn = any ((select app.schools())::integer[])
                       or la_code = any ((select app.authorities())::integer[]))));
create policy request_update on request for update
  using ((select app.writes_cases()));

-- Answers of one page, as the form names them (docs/reference/early-help-request.md): {"key": "value"}.
create table request_section (
  request_id uuid        not null,
  name       text        not null,
  answers    jsonb       not null,
  saved_at   timestamptz not null,
  saved_by   text        not null,
  constraint request_section_pkey primary key (request_id, name),
  constraint request_section_request_fkey foreign key (request_id) references request (request_id)
);

-- What Pathways knew when the draft was started. Empty value: could not be had then.
create table prefilled_fact (
  request_id uuid        not null,
  position   integer     not null,
  key        text        not null,
  value      text        not null,
  source     text        not null,
  known_at   timestamptz not null,
  constraint prefilled_fact_pkey primary key (request_id, key),
  constraint prefilled_fact_request_fkey foreign key (request_id) references request (request_id)
);

-- The pages as they were each time the request was sent: what Early Help decided on.
create table submission (
  request_id uuid        not null,
  version    bigint      not null,
  sections   jsonb       not null,
  sent_at    timestamptz not null,
  sent_by    text        not null,
  constraint submission_pkey primary key (request_id, version),
  constraint submission_request_fkey foreign key (request_id) references request (request_id)
);
select app.make_append_only('submission');

-- Parts of a request are seen by those who see the request (the policy's own query runs under the request's policy).
do $$
declare
  part text;
begin
  foreach part in array array['request_section', 'prefilled_fact', 'submission'] loop
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy %1$s_scope on %1$I'
                   ' using (exists (select 1 from request r where r.request_id = %1$I.request_id))'
                   ' with check ((select app.writes_cases())'
                   ' and exists (select 1 from request r where r.request_id = %1$I.request_id))', part);
  end loop;
end
$$;

create table proposal (
  proposal_id           uuid        not null,
  pupil_id              uuid        not null,
  enrolment_id          uuid        not null,
  urn                   integer     not null,
  la_code               integer     not null,
  kind                  text        not null,
  day                   date        not null,
  sessions_possible     integer     not null,
  sessions_absent       integer     not null,
  sessions_unauthorised integer     not null,
  state                 text        not null,
  raised_at             timestamptz not null,
  trace_id              text        not null,   -- of the register that raised it; may be empty
  request_id            uuid,
  decision_entry        bigint,                 -- timeline entry whose words say why it was dismissed
  constraint proposal_pkey primary key (proposal_id),
  constraint proposal_request_fkey foreign key (request_id) references request (request_id),
  constraint proposal_kind_known check (kind in ('persistent', 'severe', 'unauthorised_10_in_10_weeks')),
  constraint proposal_state_known check (state in ('open', 'taken_up', 'dismissed', 'withdrawn')),
  constraint proposal_taken_up_has_request check ((state = 'taken_up') = (request_id is not null))
);
-- At most one waits for a person, for each enrolment and kind.
create unique index proposal_one_open on proposal (enrolment_id, kind) where state = 'open';
create index proposal_of_enrolment on proposal (enrolment_id, kind, day);
create index proposal_of_school on proposal (urn, state);
create index proposal_of_authority on proposal (la_code, state);
select app.protect('proposal');

alter table request add constraint request_proposal_fkey foreign key (proposal_id) references proposal (proposal_id);
