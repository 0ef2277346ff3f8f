import { RequestState, type Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import { storedAnswers } from '../../../requestForm/answers'
import { draftSections, findSection, pagesAsked } from '../../../requestForm/definition'
import type { FormSection } from '../../../requestForm/types'

export interface Task {
  title: string
  href: string
  status: 'Completed' | 'In progress' | 'Not started'
}

export interface TaskList {
  tasks: Task[]
  done: number
  ready: boolean
}

// The sections to fill in: while Early Help waits for an answer, the answer comes first.
export function sectionsOf(request: Pick<EarlyHelpRequest, 'state'>): readonly FormSection[] {
  const answer = request.state === RequestState.MORE_ASKED ? findSection('answer') : undefined
  return answer ? [answer, ...draftSections] : draftSections
}

function status(request: EarlyHelpRequest, name: string): Task['status'] {
  const section = request.sections.find(one => one.name === name)
  if (section?.complete) return 'Completed'
  return section && section.answers.length > 0 ? 'In progress' : 'Not started'
}

export function sectionHref(requestId: string, section: FormSection, slug: string): string {
  return `/requests/${requestId}/sections/${section.name}/${slug}`
}

function task(request: EarlyHelpRequest, section: FormSection): Task {
  const first = pagesAsked(section, storedAnswers(request, section.name))[0]
  return { title: section.title, href: sectionHref(request.requestId, section, first?.slug ?? ''), status: status(request, section.name) }
}

export function presentTasks(request: EarlyHelpRequest): TaskList {
  const tasks = sectionsOf(request).map(section => task(request, section))
  const done = tasks.filter(({ status }) => status === 'Completed').length
  return { tasks, done, ready: done === tasks.length }
}
