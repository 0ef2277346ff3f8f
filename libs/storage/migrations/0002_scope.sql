-- Who a transaction is bound to (libs/storage/row_scope.h), as policies and triggers read it. Where nothing was set, or only
-- the empty text that an ended transaction leaves behind, the answer is null or false: such a transaction sees no rows.
create function app.person() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.person', true), '');

create function app.role() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.role', true), '');

create function app.trace_id() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.trace_id', true), '');

create function app.everything() returns boolean
  language sql stable parallel safe
  return coalesce(nullif(current_setting('app.everything', true), '')::boolean, false);

create function app.authorities() returns integer[]
  language sql stable parallel safe
  return nullif(current_setting('app.authorities', true), '')::integer[];

create function app.schools() returns integer[]
  language sql stable parallel safe
  return nullif(current_setting('app.schools', true), '')::integer[];

-- Puts the standard policy on a table with columns la_code and urn (integers; urn may be null for what belongs to a whole
-- authority): rows are seen and written only within the caller's scope, by the owner too. The calls stand in subselects, so that
-- they are made once a statement and not once a row. append_only: the service may add rows, never change or delete them.
create function app.protect(protected regclass, append_only boolean default false) returns void
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', protected);
  execute format('alter table %s force row level security', protected);
  execute format(
    'create policy scope on %s using ((select app.everything())'
    ' or la_code = any ((select app.authorities())::integer[])'
    ' or urn = any ((select app.schools())::integer[]))', protected);
  if append_only then
    perform app.make_append_only(protected);
  end if;
end
$$;

create function app.make_append_only(appended regclass) returns void
  language plpgsql
as $$
begin
  execute format('revoke update, delete, truncate on %s from %I', appended, app.service_login(current_user));
end
$$;
