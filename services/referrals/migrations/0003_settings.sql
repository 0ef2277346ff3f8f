-- What a decision may name, and what an authority sets for itself. No child's record: open to every caller.

-- Titles are for whoever reads the tables; the web has its own words for the same codes
-- (docs/reference/early-help-request.md). Last day null: still in use.
create table decision_code (
  decision  text not null,
  code      text not null,
  title     text not null,
  first_day date not null,
  last_day  date,
  constraint decision_code_pkey primary key (decision, code, first_day),
  constraint decision_code_decision_known check (decision in ('decline', 'redirect')),
  constraint decision_code_days_in_order check (last_day is null or last_day >= first_day)
);

insert into decision_code (decision, code, title, first_day) values
  ('decline', 'support_at_school', 'The school''s own support fits better now', '2020-09-01'),
  ('decline', 'already_supported', 'Another service already supports the family', '2020-09-01'),
  ('decline', 'no_agreement', 'The family no longer agrees', '2020-09-01'),
  ('decline', 'no_contact', 'The family could not be reached', '2020-09-01'),
  ('decline', 'moved_away', 'The family has moved away', '2020-09-01'),
  ('decline', 'not_early_help', 'The need is not one that Early Help can meet', '2020-09-01'),
  ('decline', 'other', 'Another reason', '2020-09-01'),
  ('redirect', 'front_door', 'Safeguarding front door', '2020-09-01'),
  ('redirect', 'family_hub', 'Family hub', '2020-09-01'),
  ('redirect', 'school_nursing', 'School nursing', '2020-09-01'),
  ('redirect', 'mental_health_support_team', 'Mental health support team', '2020-09-01'),
  ('redirect', 'send_team', 'SEND team', '2020-09-01'),
  ('redirect', 'attendance_team', 'Attendance team', '2020-09-01'),
  ('redirect', 'youth_service', 'Youth service', '2020-09-01'),
  ('redirect', 'housing', 'Housing', '2020-09-01'),
  ('redirect', 'domestic_abuse_service', 'Domestic abuse service', '2020-09-01'),
  ('redirect', 'other', 'Another service', '2020-09-01');

-- No row: the defaults of Pathways (domain/decision.h).
create table authority_setting (
  la_code               integer not null,
  decision_working_days integer not null,
  constraint authority_setting_pkey primary key (la_code),
  constraint authority_setting_days check (decision_working_days between 1 and 20)
);
