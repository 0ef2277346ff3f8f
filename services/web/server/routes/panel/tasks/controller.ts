import type { RequestHandler } from 'express'
import { can, type Person } from '../../../auth/person'
import { pageView } from '../../../components/pageView'
import { href, isOwnPath, field, readQuery } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { tag } from '../../../components/tables'
import { peopleById, pupilsById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { idOf } from '../load'
import { panelTabs } from '../tabs'
import { presentTask, readList, taskLists } from './presenter'

const path = '/panel/tasks'
const pageSize = 50

// What panels agreed that somebody does: owed until done.
export function showPanelTasks({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['show', 'page'])
    const show = readList(query.show)
    const { tasks, nextPageToken } = await clients.tasks.listTasks({ mine: show === '', done: show === 'done', overdue: show === 'overdue', pageSize, pageToken: query.page ?? '' })
    const [pupils, people, schools] = await Promise.all([
      pupilsById(clients, tasks.map(({ pupilId }) => pupilId)),
      peopleById(clients, tasks.map(({ ownerPersonId }) => ownerPersonId)),
      schoolsByUrn(clients, tasks.map(({ ownerUrn }) => ownerUrn)),
    ])
    const here = href(path, { show, page: query.page })
    render(response, 'panel/tasks/page', {
      ...pageView('Tasks from the panel'),
      ...{
        tabs: can(person, 'seePanel') ? panelTabs(person, 'tasks') : [],
        lists: taskLists.map(one => ({ text: one.text, href: href(path, { show: one.show }), active: one.show === show })),
        tasks: tasks.map(one => presentTask(one, person, { pupils, people, schools }, today(now()))).map(one => ({ ...one, tag: one.done ? tag('Done', 'green') : one.overdue ? tag('Overdue', 'red') : '' })),
        here,
        next: nextPageToken ? href(path, { show, page: nextPageToken }) : '',
      },
    })
  }
}

export function completeTask({ clients }: Services): RequestHandler {
  return async (request, response) => {
    await clients.tasks.completeTask({ taskId: idOf(request, 'task') })
    request.session.flash = 'Task: done.'
    const back = field(request.body, 'back')
    await seeOther(response, isOwnPath(back) ? back : path)
  }
}
