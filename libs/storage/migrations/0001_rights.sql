-- What the service may do in its owner's database: read and write rows of every table, own nothing, create nothing but
-- temporary tables (which bulk loads go through). Holds for the tables of later migrations, too.
create schema app;

-- The login a service uses for the tables of this owner.
create function app.service_login(owner name) returns name
  language plpgsql stable
as $$
begin
  if owner !~ '_owner$' then
    raise exception 'migrations run as <service>_owner, not as %', owner;
  end if;
  return regexp_replace(owner, '_owner$', '_app');
end
$$;

do $$
declare
  service name := app.service_login(current_user);
begin
  revoke create on schema public from public;
  execute format('grant temporary on database %I to %I', current_database(), service);
  execute format('grant usage on schema public, app to %I', service);
  execute format('alter default privileges grant usage on schemas to %I', service);
  execute format('alter default privileges grant select, insert, update, delete on tables to %I', service);
  execute format('alter default privileges grant usage, select on sequences to %I', service);
end
$$;
