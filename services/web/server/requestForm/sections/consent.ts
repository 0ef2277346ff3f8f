import type { FormSection } from '../types'

const answered = { key: 'consent_given', is: ['yes', 'no'] } as const

export const consent: FormSection = {
  name: 'consent',
  title: 'Agreement of the family',
  pages: [
    {
      slug: 'asked',
      title: 'Have you asked the family if they agree to this request?',
      questions: [
        {
          key: 'consent_asked',
          kind: 'choice',
          label: 'Have you asked the family if they agree to this request?',
          short: 'Family asked',
          hint: 'Early Help works with families who want it. Ask a parent or carer with parental responsibility, or the pupil if they are 16 or over.',
          required: true,
          options: [
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No, not yet' },
          ],
          missing: 'Select yes if you have asked the family',
        },
      ],
    },
    {
      slug: 'given',
      title: 'Do they agree?',
      when: { key: 'consent_asked', is: ['yes'] },
      questions: [
        {
          key: 'consent_given',
          kind: 'choice',
          label: 'Do they agree?',
          short: 'They agree',
          hint: 'They agree that you send this request, and that Early Help may read what you write in it and the attendance figures shown with it.',
          required: true,
          when: { key: 'consent_asked', is: ['yes'] },
          options: [
            { value: 'yes', text: 'Yes, they agree' },
            { value: 'no', text: 'No, they do not agree' },
          ],
          missing: 'Select yes if they agree',
        },
      ],
    },
    {
      slug: 'details',
      title: 'Who answered, when and how',
      when: answered,
      questions: [
        {
          key: 'consent_by',
          kind: 'line',
          label: 'Name of the person who answered',
          short: 'Answered by',
          required: true,
          when: answered,
          limit: 100,
          missing: 'Enter the name of the person who answered',
        },
        {
          key: 'consent_relationship',
          kind: 'choice',
          label: 'Who are they to the pupil?',
          short: 'They are',
          required: true,
          when: answered,
          options: [
            { value: 'parent', text: 'Parent' },
            { value: 'carer', text: 'Another person with parental responsibility' },
            { value: 'social_worker', text: 'Social worker, for the authority that has parental responsibility' },
            { value: 'pupil', text: 'The pupil, aged 16 or over' },
          ],
          missing: 'Select who they are to the pupil',
        },
        {
          key: 'consent_date',
          kind: 'date',
          label: 'When did they answer?',
          short: 'Answered on',
          required: true,
          when: answered,
          missing: 'Enter the day they answered',
        },
        {
          key: 'consent_how',
          kind: 'choice',
          label: 'How did they answer?',
          short: 'How',
          required: true,
          when: answered,
          options: [
            { value: 'in_person', text: 'In person' },
            { value: 'phone', text: 'By phone or video' },
            { value: 'writing', text: 'In writing' },
          ],
          missing: 'Select how they answered',
        },
        {
          key: 'consent_told',
          kind: 'choices',
          label: 'Who else knows about this request?',
          short: 'Who else knows',
          hint: 'Early Help needs to know whom they can talk to about it.',
          required: true,
          when: { key: 'consent_given', is: ['yes'] },
          options: [
            { value: 'pupil', text: 'The pupil' },
            { value: 'parents', text: 'All parents and carers' },
            { value: 'others_at_home', text: 'Others at home' },
            { value: 'nobody_else', text: 'Nobody else' },
          ],
          alone: 'nobody_else',
          missing: 'Select who else knows about this request',
        },
      ],
    },
  ],
}
