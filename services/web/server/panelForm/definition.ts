// A case before the panel as docs/reference/panel-case.md defines it. services/panel decides by the same document what is
// complete; this side draws the pages and says at once what is missing.
import type { PanelCase } from '../../gen/pathways/panel/v1/service_pb'
import { Phase } from '../../gen/pathways/panel/v1/service_pb'
import type { Option } from '../components/forms'
import type { ChoiceQuestion, Condition, FormPage, Pages, Question, TextQuestion } from '../requestForm/types'
import { phases, tiers } from '../text/panel'
import { askedFor, mainReasons, needs, triedThings } from './options'

export interface PanelSection extends Pages {
  name: string
  title: string
}

const yesNo: readonly Option[] = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
]

function choice(key: string, label: string, short: string, options: readonly Option[], missing: string): ChoiceQuestion {
  return { key, kind: 'choice', label, short, required: true, options, missing }
}

function words(key: string, label: string, short: string, limit: number, when?: Condition): TextQuestion {
  return { key, kind: 'text', label, short, required: true, limit, missing: `Enter: ${short.toLowerCase()}`, when }
}

function many(key: string, label: string, short: string, options: readonly Option[], alone?: string): Question {
  return { key, kind: 'choices', label, short, hint: 'Select all that apply.', required: true, options, missing: `Select at least one: ${short.toLowerCase()}`, alone }
}

function page(slug: string, title: string, ...questions: Question[]): FormPage {
  return { slug, title, questions }
}

// What somebody thinks, or why that is not known.
function view(slug: string, who: string, think: string, short: string): FormPage[] {
  const known = { key: `${slug}_known`, is: ['yes'] }
  const unknown = { key: `${slug}_known`, is: ['no'] }
  return [
    page(`${slug}-known`, `Do you know what ${who} ${think}?`, choice(`${slug}_known`, `Do you know what ${who} ${think}?`, `${short} known`, yesNo, `Select yes if you know what ${who} ${think}`)),
    page(slug, short, words(slug, `What is ${short.toLowerCase()}, in their own words as far as you can?`, short, 2000, known), words(`${slug}_why_not`, `Why do you not know what ${who} ${think}?`, `${short} not known because`, 500, unknown)),
  ]
}

const phase: FormPage = page('phase', 'Which panel is it for?', { ...choice('phase', 'Which panel is it for?', 'Panel', phases, 'Select the panel'), required: false })

// In the order of the task list.
export const panelSections: readonly PanelSection[] = [
  {
    name: 'reason',
    title: 'Why the panel should look at it',
    pages: [
      page('main', 'What is the main reason?', choice('main_reason', 'What is the main reason?', 'Main reason', mainReasons, 'Select the main reason')),
      page('details', 'What is happening?', words('reason', 'What is happening, and why does it need the panel now?', 'What is happening', 4000)),
      phase,
    ],
  },
  {
    name: 'needs',
    title: 'Needs and strengths',
    pages: [
      page('needs', 'What does the pupil need?', many('needs', 'What does the pupil need help with?', 'Needs', needs)),
      page('details', 'Needs and strengths', words('needs_detail', 'What do you know about these needs?', 'About the needs', 4000), words('strengths', 'What is the pupil good at, and what helps?', 'Strengths', 2000)),
      page(
        'plan',
        'Plan and social worker',
        choice('has_plan', 'Does the pupil have an education, health and care plan?', 'Education, health and care plan', yesNo, 'Select yes if the pupil has a plan'),
        choice('has_social_worker', 'Does the pupil have a social worker?', 'Social worker', [...yesNo, { value: 'not_known', text: 'Not known' }], 'Select whether the pupil has a social worker'),
      ),
    ],
  },
  {
    name: 'tried',
    title: 'What was tried',
    pages: [
      page('support', 'What was tried so far?', many('tried', 'What was tried so far?', 'Tried so far', triedThings, 'nothing_yet')),
      page('details', 'What was done, when, and what difference did it make?', words('tried_detail', 'What was done, when, and what difference did it make?', 'What was done', 4000)),
    ],
  },
  { name: 'views', title: 'Views of pupil and parents', pages: [...view('pupil_view', 'the pupil', 'thinks', 'The pupil’s view'), ...view('parent_view', 'the parents', 'think', 'The parents’ view')] },
  {
    name: 'asked',
    title: 'What is asked for',
    pages: [
      page('what', 'What do you ask the panel for?', choice('asked_for', 'What do you ask the panel for?', 'Asked for', askedFor, 'Select what you ask for')),
      page('tier', 'In which tier?', { ...choice('tier', 'In which tier?', 'Tier', tiers, 'Select the tier'), when: { key: 'asked_for', is: ['alternative_provision'] } }),
      page('details', 'What should it change?', words('asked_detail', 'What should it change, and what would show that it works?', 'What it should change', 2000)),
    ],
  },
  {
    name: 'safety',
    title: 'Safety',
    pages: [
      page('known', 'Are there risks that others must know?', choice('risks_known', 'Are there risks to the pupil or to others that the panel must know?', 'Risks', yesNo, 'Select yes if there are risks')),
      page('risks', 'Which risks?', words('risks', 'Which risks are there, and what keeps people safe?', 'Which risks', 2000, { key: 'risks_known', is: ['yes'] })),
      page('places', 'Places to avoid', { ...words('places_to_avoid', 'Are there schools or places where the pupil must not go? (optional)', 'Places to avoid', 1000), required: false }),
    ],
  },
]

// Only a school with both phases is asked which panel it is for.
export function sectionsFor(found: Pick<PanelCase, 'phase' | 'sections'>): readonly PanelSection[] {
  const asks = found.phase === Phase.UNSPECIFIED || found.sections.some(({ answers }) => answers.some(({ key }) => key === 'phase'))
  return asks ? panelSections : panelSections.map(section => ({ ...section, pages: section.pages.filter(one => one !== phase) }))
}

// A missing answer as people know it, such as "Views: What the pupil thinks": the service names it "views.pupil_view".
export function missingInWords({ field, words }: { field: string; words: string }): string {
  const [name, key] = field.split('.')
  const section = panelSections.find(one => one.name === name)
  const question = section?.pages.flatMap(({ questions }) => questions).find(one => one.key === key)
  return section && question ? `${section.title}: ${question.short}` : words
}
