-- Files of a case: reports, assessments, letters.

create table attachment (
  attachment_id  uuid        not null,
  case_id        uuid        not null,
  pupil_id       uuid        not null,
  urn            integer     not null,
  la_code        integer     not null,
  file_name      text        not null,
  kind           text        not null,
  bytes          integer     not null,
  digest         bytea       not null,              -- SHA-256 of the content
  scan           text        not null,
  added_at       timestamptz not null,
  added_by       text        not null default app.person(),
  removed_at     timestamptz,
  removed_by     text,
  removed_reason text        not null default '',
  constraint attachment_pkey primary key (attachment_id),
  constraint attachment_case_fkey foreign key (case_id) references panel_case (case_id),
  constraint attachment_kind_known check (kind in ('pdf', 'word', 'png', 'jpeg', 'text')),
  constraint attachment_scan_known check (scan in ('not_scanned', 'clean')),
  constraint attachment_bytes_range check (bytes between 1 and 10485760),
  constraint attachment_named check (file_name <> ''),
  constraint attachment_removed_for_a_reason check ((removed_at is null) = (removed_reason = '') and (removed_at is null) = (removed_by is null))
);
create index attachment_of_case on attachment (case_id, added_at);

-- Beside the case, not in a folder: one transaction keeps file, timeline and access log, one backup holds them together, and the same
-- policies guard them. Files are packed already: not packed again.
create table attachment_content (
  attachment_id uuid  not null,
  content       bytea not null,
  constraint attachment_content_pkey primary key (attachment_id),
  constraint attachment_content_of_attachment_fkey foreign key (attachment_id) references attachment (attachment_id)
);
alter table attachment_content alter column content set storage external;

-- What a sealed pack holds; the digest is part of what was sealed, too.
create table pack_attachment (
  sitting_id    uuid    not null,
  case_id       uuid    not null,
  attachment_id uuid    not null,
  urn           integer not null,
  digest        bytea   not null,
  constraint pack_attachment_pkey primary key (sitting_id, case_id, attachment_id),
  constraint pack_attachment_pack_fkey foreign key (sitting_id, case_id) references pack (sitting_id, case_id),
  -- What a pack holds cannot be deleted.
  constraint pack_attachment_content_fkey foreign key (attachment_id) references attachment_content (attachment_id)
);
create index pack_attachment_of_attachment on pack_attachment (attachment_id);
select app.make_append_only('pack_attachment');

-- A file is never changed. It can be taken off, once.
create function app.keep_attachment() returns trigger
  language plpgsql
as $$
begin
  if old.removed_at is not null
     or (to_jsonb(old) - array['removed_at', 'removed_by', 'removed_reason'])
        is distinct from (to_jsonb(new) - array['removed_at', 'removed_by', 'removed_reason']) then
    raise exception 'a file of a case is not changed';
  end if;
  return new;
end
$$;
create trigger attachment_is_kept before update on attachment for each row execute function app.keep_attachment();

-- As the words of the case: its school, and who works on it. A member reads what the sealed packs of their own sittings hold. An interest
-- hides the case, and so its files.
do $$
declare
  may text := '(select app.everything())'
              ' or ((select app.works_panel()) and exists (select 1 from panel_case c where c.case_id = attachment.case_id))'
              ' or ((select app.role()) = ''school'' and urn = any ((select app.schools())::integer[]))';
begin
  alter table attachment enable row level security;
  alter table attachment force row level security;
  execute 'create policy attachment_read on attachment for select using (' || may ||
          ' or (exists (select 1 from pack_attachment p where p.attachment_id = attachment.attachment_id)'
          '     and exists (select 1 from panel_case c where c.case_id = attachment.case_id)))';
  execute 'create policy attachment_add on attachment for insert with check (' || may || ')';
  execute 'create policy attachment_remove on attachment for update using (' || may || ')';
end
$$;

alter table attachment_content enable row level security;
alter table attachment_content force row level security;
create policy attachment_content_read on attachment_content for select
  using (exists (select 1 from attachment a where a.attachment_id = attachment_content.attachment_id));
create policy attachment_content_add on attachment_content for insert
  with check (exists (select 1 from attachment a where a.attachment_id = attachment_content.attachment_id));
create policy attachment_content_remove on attachment_content for delete
  using (exists (select 1 from attachment a where a.attachment_id = attachment_content.attachment_id));

alter table pack_attachment enable row level security;
alter table pack_attachment force row level security;
create policy pack_attachment_read on pack_attachment for select
  using ((select app.everything())
         or ((select app.role()) = 'school' and urn = any ((select app.schools())::integer[]))
         or exists (select 1 from pack p where p.sitting_id = pack_attachment.sitting_id and p.case_id = pack_attachment.case_id));
create policy pack_attachment_add on pack_attachment for insert
  with check (exists (select 1 from pack p where p.sitting_id = pack_attachment.sitting_id and p.case_id = pack_attachment.case_id));
