import type { FormSection } from '../types'

// Only while Early Help waits for the school's answer.
export const answer: FormSection = {
  name: 'answer',
  title: 'Your answer to Early Help',
  pages: [
    {
      slug: 'answer',
      title: 'Your answer',
      questions: [
        {
          key: 'answer',
          kind: 'text',
          label: 'Your answer',
          short: 'Answer to Early Help',
          required: true,
          limit: 2000,
          missing: 'Enter your answer',
        },
      ],
    },
  ],
}
