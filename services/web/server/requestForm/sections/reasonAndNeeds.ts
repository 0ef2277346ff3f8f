import type { FormSection } from '../types'

export const reason: FormSection = {
  name: 'reason',
  title: 'Why you are asking',
  pages: [
    {
      slug: 'main',
      title: 'What is the main reason for this request?',
      questions: [
        {
          key: 'main_reason',
          kind: 'choice',
          label: 'What is the main reason for this request?',
          short: 'Main reason',
          required: true,
          options: [
            { value: 'attendance', text: 'Attendance' },
            { value: 'exclusion_risk', text: 'Risk of exclusion' },
            { value: 'behaviour', text: 'Behaviour' },
            { value: 'emotional_wellbeing', text: 'Emotional wellbeing or mental health' },
            { value: 'family_circumstances', text: 'Family circumstances', hint: 'Such as illness, bereavement, separation or imprisonment of a parent' },
            { value: 'send', text: 'Special educational needs or disability' },
            { value: 'young_carer', text: 'Caring for someone at home' },
            { value: 'home_and_money', text: 'Housing or money' },
            { value: 'relationships', text: 'Relationships at home or with friends' },
            { value: 'transition', text: 'A move between schools or phases' },
            { value: 'other', text: 'Something else' },
          ],
          missing: 'Select the main reason for this request',
        },
      ],
    },
    {
      slug: 'details',
      title: 'What is happening, and what should change',
      questions: [
        {
          key: 'reason',
          kind: 'text',
          label: 'What is happening?',
          short: 'What is happening',
          hint: 'Say what you have seen or been told, by whom and when. Keep facts and opinions apart.',
          required: true,
          limit: 2000,
          missing: 'Enter what is happening',
        },
        {
          key: 'change_wanted',
          kind: 'text',
          label: 'What do you and the family hope will change?',
          short: 'What should change',
          required: true,
          limit: 1000,
          missing: 'Enter what you and the family hope will change',
        },
      ],
    },
  ],
}

// The headings of the Supporting Families outcomes framework 2022 to 2025, still used as a vocabulary.
export const needs: FormSection = {
  name: 'needs',
  title: 'Needs and strengths',
  pages: [
    {
      slug: 'areas',
      title: 'What does the family need help with?',
      questions: [
        {
          key: 'needs',
          kind: 'choices',
          label: 'What does the family need help with?',
          short: 'Help needed with',
          hint: 'Select all that apply.',
          required: true,
          options: [
            { value: 'education', text: 'Getting a good education' },
            { value: 'early_years', text: 'Good early years development' },
            { value: 'health', text: 'Physical or mental health' },
            { value: 'substance_use', text: 'Alcohol or drugs' },
            { value: 'family_relationships', text: 'Family relationships' },
            { value: 'abuse_and_exploitation', text: 'Safety from abuse and exploitation' },
            { value: 'crime_prevention', text: 'Staying out of crime' },
            { value: 'domestic_abuse', text: 'Safety from domestic abuse' },
            { value: 'housing', text: 'Secure housing' },
            { value: 'money', text: 'Money and debt' },
          ],
          missing: 'Select at least one thing the family needs help with',
        },
      ],
    },
    {
      slug: 'details',
      title: 'More about needs and strengths',
      questions: [
        {
          key: 'needs_detail',
          kind: 'text',
          label: 'What do you know about these needs?',
          short: 'About these needs',
          hint: 'Include what the family told you themselves.',
          required: true,
          limit: 2000,
          missing: 'Enter what you know about these needs',
        },
        {
          key: 'strengths',
          kind: 'text',
          label: 'What is going well? (optional)',
          short: 'Going well',
          hint: 'People, places and activities that help.',
          required: false,
          limit: 1000,
          missing: '',
        },
      ],
    },
  ],
}
