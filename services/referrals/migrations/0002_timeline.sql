-- What happened with a pupil here. Never changed: a later entry says what an earlier one no longer does.
create table timeline (
  entry_id    bigint      generated always as identity,
  pupil_id    uuid        not null,
  urn         integer     not null,
  la_code     integer     not null,
  at          timestamptz not null,
  kind        text        not null,
  person      text        not null default app.person(),   -- "system:<name>" when Pathways acted
  role        text        not null default app.role(),     -- at the time
  request_id  uuid,
  proposal_id uuid,
  trace_id    text        not null,
  -- Figures of the absence it speaks of, as they were.
  day                   date,
  sessions_possible     integer,
  sessions_absent       integer,
  sessions_unauthorised integer,
  constraint timeline_pkey primary key (entry_id),
  constraint timeline_request_fkey foreign key (request_id) references request (request_id),
  constraint timeline_proposal_fkey foreign key (proposal_id) references proposal (proposal_id)
);
create index timeline_of_pupil on timeline (pupil_id, at, entry_id);
create index timeline_of_request on timeline (request_id) where request_id is not null;
select app.make_append_only('timeline');

alter table timeline enable row level security;
alter table timeline force row level security;
-- What belongs to a request is seen with it: a draft's beginning is the school's.
create policy timeline_read on timeline for select
  using ((select app.everything())
         or urn = any ((select app.schools())::integer[])
         or ((select app.reads_cases()) and la_code = any ((select app.authorities())::integer[])
             and (request_id is null
                  or exists (select 1 from request r where r.request_id = timeline.request_id))));
create policy timeline_add on timeline for insert
  with check ((select app.writes_cases())
              and ((select app.everything())
                   or urn = any ((select app.schools())::integer[])
                   or la_code = any ((select app.authorities())::integer[])));

-- Words people wrote: a reason, a question, an answer. For those on the case only: the school and who works on it in the
-- authority, not those who look on.
create table timeline_note (
  entry_id bigint  not null,
  urn      integer not null,
  la_code  integer not null,
  note     text    not null,
  constraint timeline_note_pkey primary key (entry_id),
  constraint timeline_note_entry_fkey foreign key (entry_id) references timeline (entry_id)
);
select app.make_append_only('timeline_note');

alter table timeline_note enable row level security;
alter table timeline_note force row level security;
create policy timeline_note_read on timeline_note for select
  using ((select app.everything())
         or urn = any ((select app.schools())::integer[])
         or ((select app.works_cases()) and la_code = any ((select app.authorities())::integer[])
             and exists (select 1 from timeline t where t.entry_id = timeline_note.entry_id)));
create policy timeline_note_add on timeline_note for insert
  with check ((select app.writes_cases())
              and ((select app.everything())
                   or urn = any ((select app.schools())::integer[])
                   or la_code = any ((select app.authorities())::integer[])));

alter table request add constraint request_decision_entry_fkey foreign key (decision_entry) references timeline (entry_id);
alter table proposal add constraint proposal_decision_entry_fkey foreign key (decision_entry) references timeline (entry_id);
