import type { FormSection } from '../types'

const involved = { key: 'agencies_involved', is: ['yes'] } as const
const noDanger = { key: 'immediate_danger', is: ['no'] } as const

export const agencies: FormSection = {
  name: 'agencies',
  title: 'Other services involved',
  pages: [
    {
      slug: 'involved',
      title: 'Is another service working with the pupil or the family?',
      questions: [
        {
          key: 'agencies_involved',
          kind: 'choice',
          label: 'Is another service working with the pupil or the family?',
          short: 'Another service involved',
          required: true,
          options: [
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
            { value: 'not_known', text: 'Not known' },
          ],
          missing: 'Select yes if another service is involved',
        },
      ],
    },
    {
      slug: 'details',
      title: 'Which services?',
      when: involved,
      questions: [
        {
          key: 'agencies',
          kind: 'choices',
          label: 'Which services?',
          short: 'Services',
          hint: 'Select all that apply.',
          required: true,
          when: involved,
          options: [
            { value: 'social_care', text: 'Children’s social care' },
            { value: 'school_nurse', text: 'School nurse or health visitor' },
            { value: 'gp', text: 'GP or hospital' },
            { value: 'camhs', text: 'Child and adolescent mental health service' },
            { value: 'educational_psychology', text: 'Educational psychology' },
            { value: 'send_team', text: 'SEND team' },
            { value: 'police', text: 'Police or youth justice' },
            { value: 'youth_service', text: 'Youth service' },
            { value: 'housing', text: 'Housing' },
            { value: 'voluntary', text: 'A charity or community group' },
            { value: 'other', text: 'Another service' },
          ],
          missing: 'Select at least one service',
        },
        {
          key: 'agencies_detail',
          kind: 'text',
          label: 'Whom can Early Help contact there, and what are they doing?',
          short: 'Contacts and work',
          required: true,
          when: involved,
          limit: 1000,
          missing: 'Enter whom Early Help can contact and what they are doing',
        },
      ],
    },
  ],
}

export const risk: FormSection = {
  name: 'risk',
  title: 'Safety',
  pages: [
    {
      slug: 'danger',
      title: 'Is the pupil, or anyone at home, in immediate danger?',
      questions: [
        {
          key: 'immediate_danger',
          kind: 'choice',
          label: 'Is the pupil, or anyone at home, in immediate danger?',
          short: 'Immediate danger',
          required: true,
          options: [
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
          ],
          missing: 'Select yes if anyone is in immediate danger',
        },
      ],
    },
    {
      slug: 'known',
      title: 'What should workers know to keep everyone safe?',
      when: noDanger,
      questions: [
        {
          key: 'risks',
          kind: 'choices',
          label: 'What should workers know to keep everyone safe?',
          short: 'Known risks',
          hint: 'Select all that apply, now or in the past.',
          required: true,
          when: noDanger,
          options: [
            { value: 'domestic_abuse', text: 'Domestic abuse' },
            { value: 'exploitation', text: 'Exploitation' },
            { value: 'self_harm', text: 'Self-harm' },
            { value: 'substance_use', text: 'Alcohol or drugs' },
            { value: 'missing', text: 'Going missing' },
            { value: 'violence', text: 'Violence or threats' },
            { value: 'home_visits', text: 'A reason not to visit the home alone' },
            { value: 'none', text: 'None that we know of' },
          ],
          alone: 'none',
          missing: 'Select the risks you know of, or none',
        },
      ],
    },
    {
      slug: 'details',
      title: 'More about safety',
      when: noDanger,
      questions: [
        {
          key: 'risk_detail',
          kind: 'text',
          label: 'What do you know about these risks?',
          short: 'About these risks',
          required: true,
          when: { key: 'risks', isOtherThan: 'none' },
          limit: 1000,
          missing: 'Enter what you know about these risks',
        },
        {
          key: 'safe_contact',
          kind: 'text',
          label: 'How can Early Help contact the family safely? (optional)',
          short: 'Safe contact',
          hint: 'Such as a time to ring, or a person who must not answer.',
          required: false,
          when: noDanger,
          limit: 500,
          missing: '',
        },
      ],
    },
  ],
}
