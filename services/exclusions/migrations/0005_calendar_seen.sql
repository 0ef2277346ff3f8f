-- The registry's version of a school's calendar (the sum of the versions of its own and its authority's years) with which a
-- person or a file last had exclusions worked out. While the copy here is behind it, events of the registry are still on their
-- way, and what it brings on the way there moves no date.
create table calendar_seen (
  la_code integer not null,
  urn     integer not null,
  version bigint  not null,
  constraint calendar_seen_pkey primary key (urn)
);
select app.protect_reference('calendar_seen');
