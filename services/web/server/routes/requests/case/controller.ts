import type { RequestHandler } from 'express'
import { RequestState } from '../../../../gen/pathways/referrals/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { backTo } from '../../../components/query'
import { render } from '../../../components/render'
import { peopleById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { caseHeader } from '../caseHeader'
import { isWithdrawable, isWritable, loadRequest, pupilName } from '../loadRequest'
import { presentTasks } from '../taskList/presenter'
import { taskListView } from '../taskList/view'
import { loadStepUp } from './panel'
import { presentCase } from './presenter'
import { answersPageView, caseView } from './view'

// A request in the hands of its writer is a list of tasks; in everyone else's, a case.
export function showRequest({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await loadRequest(clients, request)
    const pupil = await pupilName(clients, found.pupilId)
    const schools = await schoolsByUrn(clients, [found.urn])
    const school = schools.get(found.urn) ?? ''
    if (isWritable(found) && can(person, 'writeRequests')) {
      const view = taskListView(found, pupil, school, presentTasks(found), backTo(request, '/requests'))
      return render(response, 'requests/taskList/page', view)
    }
    const [people, stepUp] = await Promise.all([peopleById(clients, [found.createdBy, found.updatedBy, found.workerId]), loadStepUp(clients, found, person)])
    const may = {
      decide: can(person, 'triage') && found.state === RequestState.SUBMITTED,
      allocate: can(person, 'triage') && [RequestState.ACCEPTED, RequestState.ALLOCATED].includes(found.state),
      withdraw: can(person, 'writeRequests') && isWithdrawable(found),
    }
    const header = caseHeader(found, pupil, person, 'overview', request)
    render(response, 'requests/case/page', caseView(header, presentCase(found, school, people, now()), may, stepUp))
  }
}

export function showAnswers({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await loadRequest(clients, request)
    const header = caseHeader(found, await pupilName(clients, found.pupilId), person, 'answers', request)
    render(response, 'requests/case/answers', answersPageView(header, found))
  }
}
