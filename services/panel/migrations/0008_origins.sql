-- More ways to the panel: an Early Help request that is stepped up, and a decision about a pupil at risk of exclusion.

-- The request or the proposal a case came from; nothing for the other origins.
alter table panel_case add column source_id uuid;
alter table panel_case drop constraint panel_case_origin_known;
alter table panel_case add constraint panel_case_origin_known
  check (origin in ('school', 'officer', 'permanent_exclusion', 'step_up', 'risk_of_exclusion'));
alter table panel_case add constraint panel_case_source_of_origin
  check ((source_id is not null) = (origin in ('step_up', 'risk_of_exclusion')));

-- Once at a time: one that was ended may be followed by another.
create unique index panel_case_of_source on panel_case (origin, source_id) where source_id is not null and state not in ('closed', 'withdrawn');
