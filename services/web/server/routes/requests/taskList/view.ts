import { pageView } from '../../../components/pageView'
import { isAnswering } from '../caseHeader'
import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import { presentFacts } from '../facts'
import type { Task, TaskList } from './presenter'
import { summaryRows } from '../../../components/summary'

function statusOf(status: Task['status']) {
  if (status === 'Completed') return { text: status }
  return { tag: { text: status, classes: status === 'In progress' ? 'govuk-tag--light-blue' : 'govuk-tag--blue' } }
}

export function taskListView(request: EarlyHelpRequest, pupil: string, school: string, list: TaskList, back: string) {
  const answering = isAnswering(request)
  const facts = presentFacts(request.facts)
  const check = { title: { text: 'Check your answers and send' }, ...(list.ready ? { href: `/requests/${request.requestId}/check`, status: { tag: { text: 'Ready', classes: 'govuk-tag--green' } } } : { status: { text: 'Cannot start yet', classes: 'govuk-task-list__status--cannot-start-yet' } }) }
  return {
    ...pageView(answering ? `Answer Early Help about ${pupil}` : `Early Help request for ${pupil}`, { back: { href: back, text: 'Early Help requests' } }),
    requestId: request.requestId,
    school,
    answering,
    question: answering ? request.decisionNote : '',
    done: list.done,
    all: list.tasks.length,
    tasks: {
      idPrefix: 'section',
      items: [...list.tasks.map(task => ({ title: { text: task.title }, href: task.href, status: statusOf(task.status) })), check],
    },
    facts: summaryRows(facts.facts),
    factsAsOf: facts.asOf,
    pupilHref: `/pupils/${request.pupilId}`,
  }
}
