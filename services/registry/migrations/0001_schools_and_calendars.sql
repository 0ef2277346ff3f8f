-- Schools and the days on which they are open.

create table school (
  urn        integer not null,
  laestab    integer,
  la_code    integer not null,
  la_name    text    not null,
  name       text    not null,
  phase      text    not null,
  type       text    not null,
  status     text    not null,
  headcount  integer,
  locality   text    not null,
  postcode   text    not null,
  version    bigint  not null,
  updated_at timestamptz not null,
  constraint school_pkey primary key (urn),
  constraint school_urn_six_digits check (urn between 100000 and 999999),
  constraint school_la_code_three_digits check (la_code between 0 and 999),
  constraint school_status_known check (status in ('open', 'closed')),
  constraint school_headcount_not_negative check (headcount >= 0)
);
create index school_by_authority on school (la_code, name);
select app.protect('school');

-- urn 0: the whole authority.
create table calendar_entry (
  la_code       integer not null,
  urn           integer not null,
  academic_year integer not null,   -- 202627
  kind          text    not null,
  name          text    not null,
  first_day     date    not null,
  last_day      date    not null,
  constraint calendar_entry_pkey primary key (la_code, urn, academic_year, kind, first_day, last_day),
  constraint calendar_entry_kind_known check (kind in ('term', 'holiday', 'bank_holiday', 'inset', 'closure')),
  constraint calendar_entry_days_in_order check (first_day <= last_day)
);

create table calendar_version (
  la_code       integer not null,
  urn           integer not null,
  academic_year integer not null,
  version       bigint  not null,
  constraint calendar_version_pkey primary key (la_code, urn, academic_year)
);
