import { CaseState, type PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { summaryRows } from '../../../components/summary'
import type { PanelSection } from '../../../panelForm/definition'
import { component } from '../../../requestForm/component'
import { questionsAsked } from '../../../requestForm/definition'
import type { Answers, FormPage } from '../../../requestForm/types'
import { presentPrefilled } from '../case/presenter'
import { presentTasks, type Task } from './presenter'
import { sectionHref, sectionRows } from './rows'

function statusOf(status: Task['status']) {
  if (status === 'Completed') return { text: status }
  return { tag: { text: status, classes: status === 'In progress' ? 'govuk-tag--light-blue' : 'govuk-tag--blue' } }
}

export function taskListView(found: PanelCase, pupil: string, school: string) {
  const { tasks, done, ready } = presentTasks(found)
  const base = `/panel/cases/${found.caseId}`
  const draft = found.state === CaseState.DRAFT
  const title = { text: 'Check your answers and send' }
  const check = ready
    ? { title, href: `${base}/check`, status: { tag: { text: 'Ready', classes: 'govuk-tag--green' } } }
    : { title, status: { text: 'Cannot start yet', classes: 'govuk-task-list__status--cannot-start-yet' } }
  return {
    ...pageView(draft ? `Refer ${pupil} to the panel` : `What is written about ${pupil}`, { back: draft ? { href: '/panel/cases?state=draft', text: 'Cases of the panel' } : { href: base, text: 'Panel case' } }),
    school,
    draft,
    endHref: `${base}/end`,
    done,
    all: tasks.length,
    tasks: { idPrefix: 'section', items: [...tasks.map(task => ({ title: { text: task.title }, href: task.href, status: statusOf(task.status) })), ...(draft ? [check] : [])] },
    facts: summaryRows(presentPrefilled(found.facts)),
  }
}

export interface SectionPage {
  found: PanelCase
  section: PanelSection
  page: FormPage
  answers: Answers
  errors: FieldErrors
  version: bigint
  checking: boolean
  pupil: string
}

function back({ found, section, page, checking }: SectionPage) {
  const before = section.pages[section.pages.indexOf(page) - 1]
  if (checking && found.state === CaseState.DRAFT) return { href: `/panel/cases/${found.caseId}/check`, text: 'Check your answers' }
  if (!checking && before) return { href: sectionHref(found.caseId, section.name, before.slug), text: 'Back' }
  return { href: `/panel/cases/${found.caseId}/draft`, text: 'All sections' }
}

export function sectionView(shown: SectionPage) {
  const { found, section, page, answers, errors, version, checking, pupil } = shown
  const questions = questionsAsked(page, answers)
  const single = questions.length === 1
  return {
    ...pageView(single ? (questions[0]?.label ?? page.title) : page.title, { back: back(shown), errors }),
    caption: `${section.title}: ${pupil}`,
    single,
    action: sectionHref(found.caseId, section.name, page.slug),
    version: String(version),
    checking,
    questions: questions.map(question => component(question, answers, single, errors)),
  }
}

export function checkView(found: PanelCase, pupil: string, errors: FieldErrors) {
  const base = `/panel/cases/${found.caseId}`
  return {
    ...pageView('Check your answers', { back: { href: `${base}/draft`, text: 'All sections' }, errors }),
    pupil,
    action: `${base}/check`,
    version: String(found.version),
    sections: sectionRows(found, true),
    facts: summaryRows(presentPrefilled(found.facts)),
  }
}
