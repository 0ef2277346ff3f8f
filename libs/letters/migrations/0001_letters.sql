-- Templates of letters as an authority has made them its own, and letters as they went out.

-- Every version ever saved; the newest holds. Where there is none, the one shipped holds. No child's record: read by every caller,
-- written for the authorities in their scope.
create table letter_template (
  la_code    integer     not null,
  kind       text        not null,
  version    bigint      not null,
  text       text        not null,
  updated_at timestamptz not null,
  updated_by text        not null default app.person(),
  last_call  text        not null,
  constraint letter_template_pkey primary key (la_code, kind, version),
  constraint letter_template_version_positive check (version > 0)
);
alter table letter_template enable row level security;
alter table letter_template force row level security;
create policy read on letter_template for select using (true);
create policy write on letter_template for insert
  with check ((select app.everything()) or la_code = any ((select app.authorities())::integer[]));
select app.make_append_only('letter_template');

-- A letter as it went out: names and words of people. No policy here, so nobody sees one until the service's own migrations say who.
create table letter (
  letter_id        uuid        not null,
  kind             text        not null,
  subject_id       uuid        not null,   -- the case
  pupil_id         uuid        not null,
  urn              integer     not null,
  la_code          integer     not null,
  template_version bigint      not null,   -- 0: as shipped
  content          text        not null,   -- its blocks as JSON
  digest           bytea       not null,
  kept_at          timestamptz not null,
  kept_by          text        not null default app.person(),
  constraint letter_pkey primary key (letter_id),
  constraint letter_digest_of_content check (digest = sha256(convert_to(content, 'UTF8')))
);
create index letter_of_subject on letter (subject_id, kept_at desc);
alter table letter enable row level security;
alter table letter force row level security;
select app.make_append_only('letter');

-- How a letter left: each way and day once. Seen with its letter.
create table letter_sending (
  letter_id   uuid        not null,
  how         text        not null,
  sent_on     date        not null,
  recorded_at timestamptz not null,
  recorded_by text        not null default app.person(),
  constraint letter_sending_pkey primary key (letter_id, how, sent_on),
  constraint letter_sending_letter_fkey foreign key (letter_id) references letter (letter_id),
  constraint letter_sending_how_known check (how in ('downloaded', 'printed', 'post', 'email', 'in_person'))
);
alter table letter_sending enable row level security;
alter table letter_sending force row level security;
create policy letter_sending_scope on letter_sending
  using ((select app.everything()) or exists (select from letter l where l.letter_id = letter_sending.letter_id));
select app.make_append_only('letter_sending');
