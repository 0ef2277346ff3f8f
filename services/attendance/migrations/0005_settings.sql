-- Settings are kept with their history now, by the library of settings.
insert into authority_setting_change (la_code, setting, version, value, changed_at, changed_by, last_call)
select la_code, 'minimum_possible_sessions', 1, minimum_possible_sessions, now(), 'system:migration', '' from authority_setting;
drop table authority_setting;
