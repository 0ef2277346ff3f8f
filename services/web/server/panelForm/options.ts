import type { Option } from '../components/forms'

// Options of the panel's form, as docs/reference/panel-case.md lists them.

export const mainReasons: readonly Option[] = [
  { value: 'at_risk_of_exclusion', text: 'At risk of permanent exclusion' },
  { value: 'permanently_excluded', text: 'Permanently excluded' },
  { value: 'repeated_suspensions', text: 'Repeated suspensions' },
  { value: 'no_school_place', text: 'No school place' },
  { value: 'return_from_provision', text: 'Return from alternative provision' },
  { value: 'step_up', text: 'Earlier help was not enough' },
  { value: 'other', text: 'Another reason' },
]

export const needs: readonly Option[] = [
  { value: 'behaviour', text: 'Behaviour' },
  { value: 'social_emotional_mental_health', text: 'Social, emotional and mental health' },
  { value: 'attendance', text: 'Attendance' },
  { value: 'learning', text: 'Learning' },
  { value: 'speech_and_language', text: 'Speech and language' },
  { value: 'autism', text: 'Autism' },
  { value: 'physical_health', text: 'Physical health' },
  { value: 'exploitation', text: 'Risk of exploitation' },
  { value: 'substance_use', text: 'Drugs or alcohol' },
  { value: 'vocational', text: 'Practical and vocational learning' },
  { value: 'english_language', text: 'English as an additional language' },
  { value: 'family', text: 'Family' },
]

export const triedThings: readonly Option[] = [
  { value: 'pastoral_support', text: 'Pastoral support plan' },
  { value: 'reasonable_adjustments', text: 'Reasonable adjustments' },
  { value: 'send_support', text: 'SEN support' },
  { value: 'assessment', text: 'Assessment of needs' },
  { value: 'mentoring', text: 'Mentoring or counselling' },
  { value: 'timetable', text: 'Changes to the timetable' },
  { value: 'meeting_with_family', text: 'Meetings with the family' },
  { value: 'early_help', text: 'Early Help' },
  { value: 'team_around_school', text: 'Team Around the School' },
  { value: 'educational_psychology', text: 'Educational psychology' },
  { value: 'off_site_direction', text: 'Off-site direction' },
  { value: 'managed_move', text: 'Managed move' },
  { value: 'youth_service', text: 'Youth service' },
  { value: 'nothing_yet', text: 'Nothing yet' },
]

export const askedFor: readonly Option[] = [
  { value: 'support_in_mainstream', text: 'Support where the pupil is' },
  { value: 'managed_move', text: 'Managed move' },
  { value: 'alternative_provision', text: 'Alternative provision' },
  { value: 'fair_access_place', text: 'School place under the fair access protocol' },
  { value: 'advice', text: 'Advice' },
]
