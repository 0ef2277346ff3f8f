import { CaseState, type PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import { sectionsFor, type PanelSection } from '../../../panelForm/definition'
import { storedAnswers } from '../../../requestForm/answers'
import { pagesAsked } from '../../../requestForm/definition'
import type { FormPage } from '../../../requestForm/types'
import { sectionHref } from './rows'

export interface Task {
  title: string
  href: string
  status: 'Completed' | 'In progress' | 'Not started'
}

function status(found: PanelCase, name: string): Task['status'] {
  const section = found.sections.find(one => one.name === name)
  if (section?.complete) return 'Completed'
  return section && section.answers.length > 0 ? 'In progress' : 'Not started'
}

export function presentTasks(found: PanelCase): { tasks: Task[]; done: number; ready: boolean } {
  const tasks = sectionsFor(found).map(section => {
    const first = pagesAsked(section, storedAnswers(found, section.name))[0]
    return { title: section.title, href: sectionHref(found.caseId, section.name, first?.slug ?? ''), status: status(found, section.name) }
  })
  const done = tasks.filter(one => one.status === 'Completed').length
  return { tasks, done, ready: done === tasks.length }
}

// Where to go after a page was saved: the next page, else back to where one came from.
export function nextPath(saved: PanelCase, section: PanelSection, page: FormPage, checking: boolean): string {
  const base = `/panel/cases/${saved.caseId}`
  const pages = pagesAsked(section, storedAnswers(saved, section.name))
  const next = pages[pages.findIndex(({ slug }) => slug === page.slug) + 1]
  const complete = saved.sections.find(({ name }) => name === section.name)?.complete ?? false
  if (checking && complete) return saved.state === CaseState.DRAFT ? `${base}/check` : `${base}/written`
  if (!next) return `${base}/draft`
  return `${sectionHref(saved.caseId, section.name, next.slug)}${checking ? '?from=check' : ''}`
}
