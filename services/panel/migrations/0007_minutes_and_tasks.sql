-- Actions that are sent to who owes them, and minutes.

-- What follows from a decision has a code, and is there once. `reference` and `owner_urn` are as when it was sent: who owes it may not see the
-- case. Sent: when the sitting closed, or at once where it was added later.
alter table action
  add column code          text        not null default '',
  add column decision_id   uuid,
  add column reference     text        not null default '',
  add column owner_urn     integer,
  add column sent_at       timestamptz,
  add column event_version bigint      not null default 0,
  add constraint action_decision_fkey foreign key (decision_id) references decision (decision_id),
  add constraint action_follows_from_decision check ((code = '') = (decision_id is null));
create unique index action_once_a_decision on action (decision_id, code) where code <> '';
create index action_of_words on action (what);
create index action_unsent on action (sitting_id) where sent_at is null;

-- Closed before there were tasks: nobody is told now what was agreed then.
alter table sitting add column tasks_sent_at timestamptz;
update sitting set tasks_sent_at = updated_at where state = 'closed';
create index sitting_tasks_unsent on sitting (sitting_id) where state = 'closed' and tasks_sent_at is null;

-- Whether an agency's task is for whoever asks. Agencies that have no people in Pathways are followed up by the clerk.
create function app.owes(agency text, owner_urn integer, la_code integer, of_case uuid) returns boolean
  language sql stable parallel safe
  return case app.role()
           when 'school' then agency in ('school', 'receiving_school') and owner_urn = any (app.schools())
           when 'early_help_worker' then agency = 'early_help' and la_code = any (app.authorities())
           when 'inclusion_officer' then agency = 'authority' and la_code = any (app.authorities())
           when 'panel_clerk' then agency in ('authority', 'send', 'social_care', 'educational_psychology', 'police_or_youth', 'virtual_school')
                                   and la_code = any (app.authorities())
           when 'provider' then agency = 'provider'
                                and exists (select 1 from placement p join provider_person w using (provider_id)
                                            where p.case_id = of_case and p.state in ('offered', 'accepted', 'started')
                                              and w.person_id::text = app.person())
           else false
         end;

create policy action_read_owed on action for select
  using (sent_at is not null and app.owes(owner_agency, owner_urn, la_code, case_id)
         and not exists (select 1 from interest i where i.case_id = action.case_id and i.person_id::text = (select app.person())));
create policy action_update_owed on action for update
  using (sent_at is not null and app.owes(owner_agency, owner_urn, la_code, case_id));
create policy words_of_owed on words for select
  using ((select app.role()) is distinct from 'manager' and exists (select 1 from action a where a.what = words.words_id));
create policy timeline_add_done on timeline for insert
  with check (kind = 'task_done' and (select app.role()) is distinct from 'manager'
              and exists (select 1 from action a where a.case_id = timeline.case_id));

-- Minutes of a sitting. What they say is drafted when they are read; kept are the clerk's own words, and all of it once it is signed.
create table minutes (
  sitting_id uuid        not null,
  la_code    integer     not null,
  version    bigint      not null,
  updated_by text        not null,
  updated_at timestamptz not null,
  last_call  text        not null default '',
  signed_at  timestamptz,
  signed_by  text,
  digest     bytea,                                  -- over those of the parts, in their order
  constraint minutes_pkey primary key (sitting_id),
  constraint minutes_sitting_fkey foreign key (sitting_id) references sitting (sitting_id),
  constraint minutes_signed_whole check ((signed_at is null) = (signed_by is null) and (signed_at is null) = (digest is null))
);
-- The clerk's words in the place of `drafted`, which is what they saw.
create table minutes_words (
  sitting_id uuid        not null,
  item       text        not null,
  case_id    uuid,
  la_code    integer     not null,
  words      text        not null,
  drafted    text        not null,
  written_by text        not null default app.person(),
  written_at timestamptz not null,
  constraint minutes_words_pkey primary key (sitting_id, item),
  constraint minutes_words_minutes_fkey foreign key (sitting_id) references minutes (sitting_id),
  constraint minutes_words_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint minutes_words_item_of_case check (case_id is null or item = case_id::text)
);
create table minutes_item (
  sitting_id uuid    not null,
  position   integer not null,
  case_id    uuid,
  la_code    integer not null,
  content    text    not null,
  digest     bytea   not null,
  constraint minutes_item_pkey primary key (sitting_id, position),
  constraint minutes_item_minutes_fkey foreign key (sitting_id) references minutes (sitting_id),
  constraint minutes_item_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint minutes_item_digest_of_content check (digest = sha256(convert_to(content, 'UTF8')))
);
select app.make_append_only('minutes_item');

create function app.keep_signed_minutes() returns trigger
  language plpgsql
as $$
begin
  if old.signed_at is not null then raise exception 'minutes that were signed are not changed'; end if;
  return new;
end
$$;
create trigger minutes_are_kept before update on minutes for each row execute function app.keep_signed_minutes();

-- Those who work on the panel, and who sat. A part about a case: whoever may see the case.
do $$
declare
  part text;
  reads text := '(select app.everything()) or (((select app.works_panel()) and la_code = any ((select app.authorities())::integer[]))'
                ' or exists (select 1 from sitting_member m where m.sitting_id = %1$I.sitting_id and m.person_id::text = (select app.person())))';
  writes text := '((select app.everything()) or (select app.runs_panel())) and app.in_authority(la_code)';
  of_case text := '(case_id is null or exists (select 1 from panel_case c where c.case_id = %1$I.case_id))';
begin
  foreach part in array array['minutes', 'minutes_words', 'minutes_item'] loop
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
  end loop;
  execute format('create policy minutes_read on minutes for select using (' || reads || ')', 'minutes');
  execute 'create policy minutes_add on minutes for insert with check (' || writes || ')';
  execute 'create policy minutes_change on minutes for update using (' || writes || ')';
  execute format('create policy minutes_words_read on minutes_words for select using ((' || reads || ') and ' || of_case || ')', 'minutes_words');
  execute format('create policy minutes_words_write on minutes_words using ((' || writes || ') and ' || of_case || ')', 'minutes_words');
  execute format('create policy minutes_item_read on minutes_item for select using ((' || reads || ') and ' || of_case || ')', 'minutes_item');
  execute 'create policy minutes_item_add on minutes_item for insert with check (' || writes || ')';
end
$$;
