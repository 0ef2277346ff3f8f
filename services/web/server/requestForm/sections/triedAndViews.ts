import type { FormSection } from '../types'

export const tried: FormSection = {
  name: 'tried',
  title: 'What the school has tried',
  pages: [
    {
      slug: 'support',
      title: 'What has the school tried so far?',
      questions: [
        {
          key: 'tried',
          kind: 'choices',
          label: 'What has the school tried so far?',
          short: 'Tried so far',
          hint: 'Select all that apply.',
          required: true,
          options: [
            { value: 'meeting_with_family', text: 'Meeting with the family' },
            { value: 'home_visit', text: 'Home visit' },
            { value: 'attendance_plan', text: 'Attendance plan or contract' },
            { value: 'pastoral_support', text: 'Pastoral support' },
            { value: 'send_support', text: 'SEN support' },
            { value: 'timetable', text: 'Changes to the timetable or place of learning' },
            { value: 'mentoring', text: 'Mentoring or counselling' },
            { value: 'other_service', text: 'Help from another service' },
            { value: 'nothing_yet', text: 'Nothing yet' },
          ],
          alone: 'nothing_yet',
          missing: 'Select what the school has tried, or nothing yet',
        },
      ],
    },
    {
      slug: 'details',
      title: 'What was done, when, and what difference did it make?',
      questions: [
        {
          key: 'tried_detail',
          kind: 'text',
          label: 'What was done, when, and what difference did it make?',
          short: 'What was done',
          hint: 'If nothing was tried yet, say why.',
          required: true,
          limit: 2000,
          missing: 'Enter what was done and what difference it made',
        },
      ],
    },
  ],
}

export const views: FormSection = {
  name: 'views',
  title: 'Views of the pupil and family',
  pages: [
    {
      slug: 'known',
      title: 'Do you know what the pupil thinks?',
      questions: [
        {
          key: 'pupil_views_known',
          kind: 'choice',
          label: 'Do you know what the pupil thinks?',
          short: "Pupil's views known",
          required: true,
          options: [
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
          ],
          missing: 'Select yes if you know what the pupil thinks',
        },
      ],
    },
    {
      slug: 'details',
      title: 'In their words',
      questions: [
        {
          key: 'pupil_views',
          kind: 'text',
          label: 'What does the pupil think?',
          short: "Pupil's views",
          hint: 'Use their own words where you can.',
          required: true,
          when: { key: 'pupil_views_known', is: ['yes'] },
          limit: 2000,
          missing: 'Enter what the pupil thinks',
        },
        {
          key: 'pupil_views_why_not',
          kind: 'text',
          label: 'Why are the pupil’s views not known?',
          short: "Why the pupil's views are not known",
          required: true,
          when: { key: 'pupil_views_known', is: ['no'] },
          limit: 500,
          missing: 'Enter why the pupil’s views are not known',
        },
        {
          key: 'family_views',
          kind: 'text',
          label: 'What does the family think?',
          short: "Family's views",
          hint: 'Say who said what when parents or carers see it differently.',
          required: true,
          limit: 2000,
          missing: 'Enter what the family thinks',
        },
      ],
    },
  ],
}
