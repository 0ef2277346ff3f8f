-- Pupils placed with a provider of alternative provision, or on their way to a school, as the panel says: those who have them there
-- may read their names, and nothing else of them.

-- Who works for a provider of alternative provision.
create table provider_staff (
  provider_id uuid not null,
  person_id   uuid not null,
  constraint provider_staff_pkey primary key (provider_id, person_id)
);
create index provider_staff_of_person on provider_staff (person_id);

create table placed_pupil (
  placement_id  uuid    not null,
  pupil_id      uuid    not null,
  urn           integer not null,   -- school of the case
  la_code       integer not null,
  provider_id   uuid,
  receiving_urn integer,            -- school that takes the pupil
  returning_urn integer,            -- school the pupil goes (back) to, once that is agreed
  open          boolean not null,   -- offered, accepted, started or ended; not declined or taken back
  constraint placed_pupil_pkey primary key (placement_id)
);
create index placed_pupil_of_pupil on placed_pupil (pupil_id);

alter table placed_pupil enable row level security;
alter table placed_pupil force row level security;
create policy placed_pupil_write on placed_pupil using ((select app.everything())) with check ((select app.everything()));
create policy placed_pupil_read on placed_pupil for select
  using (open
         and (((select app.role()) = 'provider'
               and exists (select 1 from provider_staff s
                           where s.provider_id = placed_pupil.provider_id and s.person_id::text = (select app.person())))
              or ((select app.role()) = 'school'
                  and (receiving_urn = any ((select app.schools())::integer[])
                       or returning_urn = any ((select app.schools())::integer[])))));

-- The authority a provider works for says nothing about which pupils it may see: it sees no roll.
create policy enrolment_not_for_providers on enrolment as restrictive
  using ((select app.role()) is distinct from 'provider');
