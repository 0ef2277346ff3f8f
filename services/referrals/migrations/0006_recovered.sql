-- A proposal that nobody decided about before the pupil's absence fell below the line again: kept, and waiting no longer.
alter table proposal drop constraint proposal_state_known;
alter table proposal add constraint proposal_state_known
  check (state in ('open', 'taken_up', 'dismissed', 'withdrawn', 'recovered'));
