-- What authorities set for themselves: every value that ever held, the highest version is in force. No child's record: read by
-- every caller, since what hangs on it is worked out under any scope.
create table authority_setting_change (
  la_code    integer     not null,
  setting    text        not null,
  version    bigint      not null,
  value      integer     not null,
  changed_at timestamptz not null,
  changed_by text        not null default app.person(),
  last_call  text        not null,   -- request id of the call that set it
  constraint authority_setting_change_pkey primary key (la_code, setting, version),
  constraint authority_setting_change_version_positive check (version > 0)
);
alter table authority_setting_change enable row level security;
alter table authority_setting_change force row level security;
create policy read on authority_setting_change for select using (true);
create policy write on authority_setting_change for insert
  with check ((select app.everything())
              or (app.role() in ('manager', 'administrator') and la_code = any ((select app.authorities())::integer[])));
select app.make_append_only('authority_setting_change');
