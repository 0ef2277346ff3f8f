-- Where schools are: national grid, metres. Not every file of schools says it.
alter table school
  add column easting  integer,
  add column northing integer,
  add constraint school_grid_both_or_neither check ((easting is null) = (northing is null)),
  add constraint school_on_grid check (easting between 1 and 700000 and northing between 1 and 1300000);
