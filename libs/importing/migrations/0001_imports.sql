-- One row an import, and the rows it refused. The job row is written before the file is read, so that its state can be
-- asked for from another page; the outcome is written in the transaction that applies the good rows.

create table import_job (
  import_id    uuid        not null,
  kind         text        not null,
  file_name    text        not null,
  urn          integer     not null,   -- 0: the rows say so themselves
  la_code      integer     not null,   -- 0: unknown or several
  person       text        not null,
  state        smallint    not null,   -- pathways.common.v1.ImportState
  report       bytea       not null,   -- pathways.common.v1.ImportReport without its problems
  started_at   timestamptz not null,
  finished_at  timestamptz,
  constraint import_job_pkey primary key (import_id),
  constraint import_job_state_known check (state between 1 and 6)
);
create index import_job_newest on import_job (started_at desc, import_id);

-- One line a problem; `raw` is the refused record as it came, kept with its first problem only. It may hold personal data:
-- shown only to whoever may see the import, and dropped after its retention time.
create table import_refusal (
  import_id  uuid    not null,
  ordinal    integer not null,
  row_number bigint  not null,
  column_name text   not null,
  value      text    not null,
  reason     text    not null,
  advice     text    not null,
  code       text    not null,
  raw        text    not null,
  constraint import_refusal_pkey primary key (import_id, ordinal),
  constraint import_refusal_job_fkey foreign key (import_id) references import_job (import_id) on delete cascade
);

-- Header line of the file, to give refused rows back under their own columns.
create table import_header (
  import_id uuid not null,
  raw       text not null,
  delimiter text not null,
  constraint import_header_pkey primary key (import_id),
  constraint import_header_job_fkey foreign key (import_id) references import_job (import_id) on delete cascade
);

-- An import is seen by who sent it and by whoever may see the school it speaks for.
alter table import_job enable row level security;
alter table import_job force row level security;
create policy import_job_scope on import_job
  using ((select app.everything()) or person = (select app.person())
         or la_code = any((select app.authorities())::int[]) or urn = any((select app.schools())::int[]));

alter table import_refusal enable row level security;
alter table import_refusal force row level security;
create policy import_refusal_scope on import_refusal
  using (exists (select 1 from import_job j where j.import_id = import_refusal.import_id));

alter table import_header enable row level security;
alter table import_header force row level security;
create policy import_header_scope on import_header
  using (exists (select 1 from import_job j where j.import_id = import_header.import_id));
