-- People who use Pathways, how their identity provider knows them, and the roles they hold.

create table person (
  person_id  uuid   not null,
  name       text   not null,
  email      text   not null,
  title      text   not null,
  version    bigint not null,
  updated_at timestamptz not null,
  constraint person_pkey primary key (person_id)
);

create table person_identity (
  subject   text not null,   -- the identity provider's `sub`
  person_id uuid not null,
  constraint person_identity_pkey primary key (subject),
  constraint person_identity_person_fkey foreign key (person_id) references person (person_id)
);

-- A role for a school, for an authority, or (both 0) for everything.
create table role_assignment (
  person_id uuid    not null,
  role      text    not null,
  urn       integer not null,
  la_code   integer not null,
  constraint role_assignment_pkey primary key (person_id, role, urn, la_code),
  constraint role_assignment_person_fkey foreign key (person_id) references person (person_id)
);
