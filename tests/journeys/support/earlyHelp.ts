import { expect } from '@playwright/test'
import type { Visitor } from './visitor'

// Pages of an Early Help request, as the school fills them in.

const next = 'Save and continue'

// From the task list to the answer on which all depends.
export async function askFamily(school: Visitor): Promise<void> {
  await school.follow('Agreement of the family', 'Have you asked the family if they agree to this request?')
  await school.choose('Yes')
  await school.press(next, 'Do they agree?')
}

async function whoAnswered(school: Visitor): Promise<void> {
  await school.write('Name of the person who answered', 'Ms A Carter')
  await school.choose('Parent')
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000)
  await school.write('Day', String(yesterday.getDate()))
  await school.write('Month', String(yesterday.getMonth() + 1))
  await school.write('Year', String(yesterday.getFullYear()))
  await school.choose('By phone or video')
}

export async function familyRefuses(school: Visitor): Promise<void> {
  await school.choose('No, they do not agree')
  await school.press(next, 'Who answered, when and how')
  await whoAnswered(school)
  await school.press(next, 'You cannot send this request without the family’s agreement')
}

export async function familyAgrees(school: Visitor, taskList: string): Promise<void> {
  await school.choose('Yes, they agree')
  await school.press(next, 'Who answered, when and how')
  await whoAnswered(school)
  await school.choose('All parents and carers')
  await school.press(next, taskList)
}

export const reason = 'Mornings are hardest since the summer; tearful at the gate twice this week.'

export async function whyAndNeeds(school: Visitor, taskList: string): Promise<void> {
  await school.follow('Why you are asking', 'What is the main reason for this request?')
  await school.choose('Attendance')
  await school.press(next, 'What is happening, and what should change')
  await school.write('What is happening?', reason)
  await school.write('What do you and the family hope will change?', 'In school each morning, and calm about it.')
  await school.press(next, taskList)
  await school.follow('Needs and strengths', 'What does the family need help with?')
  await school.choose('Getting a good education')
  await school.choose('Family relationships')
  await school.press(next, 'More about needs and strengths')
  await school.write('What do you know about these needs?', 'Mum works nights and has nobody to bring the younger ones.')
  await school.press(next, taskList)
}

export async function triedAndViews(school: Visitor, taskList: string): Promise<void> {
  await school.follow('What the school has tried', 'What has the school tried so far?')
  await school.choose('Home visit')
  await school.press(next, 'What was done, when, and what difference did it make?')
  await school.write('What was done, when, and what difference did it make?', 'Two visits in October; better for a week each time.')
  await school.press(next, taskList)
  await school.follow('Views of the pupil and family', 'Do you know what the pupil thinks?')
  await school.choose('Yes')
  await school.press(next, 'In their words')
  await school.write('What does the pupil think?', '“I want to come but my tummy hurts.”')
  await school.write('What does the family think?', 'Mum wants help with mornings.')
  await school.press(next, taskList)
}

export async function servicesAndSafety(school: Visitor, taskList: string): Promise<void> {
  await school.follow('Other services involved', 'Is another service working with the pupil or the family?')
  await school.choose('No')
  await school.press(next, taskList)
  await school.follow('Safety', 'Is the pupil, or anyone at home, in immediate danger?')
  await school.choose('No')
  await school.press(next, 'What should workers know to keep everyone safe?')
  await school.choose('None that we know of')
  await school.press(next, 'How can Early Help contact the family safely? (optional)')
  await school.press(next, taskList)
}

// The sections of the task list with where each stands.
export async function expectSections(school: Visitor, completed: string[], open: string[]): Promise<void> {
  const item = (title: string) => school.page.locator('.govuk-task-list__item', { hasText: title })
  for (const title of completed) await expect(item(title)).toContainText('Completed')
  for (const title of open) await expect(item(title)).toContainText('Not started')
}
