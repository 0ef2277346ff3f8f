import type { Task } from '../../../../gen/pathways/panel/v1/tasks_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { pupilLabel } from '../../../services/names'
import { fullWeekday, longDay } from '../../../text/dates'
import { agencies, named } from '../../../text/panel'

export interface TaskNames {
  pupils: Map<string, PupilName>
  people: Map<string, string>
  schools: Map<number, string>
}

export interface TaskRow {
  taskId: string
  what: string
  about: string
  href?: string
  owner: string
  due: string
  overdue: boolean
  done: string
  mayComplete: boolean
}

function owner({ ownerAgency, ownerUrn, ownerPersonId }: Task, { people, schools }: TaskNames): string {
  if (ownerPersonId) return people.get(ownerPersonId) ?? 'A colleague'
  return [named(agencies, ownerAgency), schools.get(ownerUrn)].filter(Boolean).join(': ')
}

export function presentTask(task: Task, person: Person, names: TaskNames, today: string): TaskRow {
  const pupil = names.pupils.get(task.pupilId)
  return {
    taskId: task.taskId,
    what: task.what || 'A task; its words are for those on the case',
    about: `${pupil ? pupilLabel(pupil) : 'A pupil who is not at your school yet'} (${task.reference})`,
    href: can(person, 'seePanel') && pupil ? `/panel/cases/${task.caseId}?from=/panel/tasks` : undefined,
    owner: owner(task, names),
    due: fullWeekday(task.due, today),
    overdue: task.overdue,
    done: longDay(task.doneOn),
    mayComplete: task.doneOn === '' && task.mine,
  }
}

// Lists of tasks by what the address says.
export const taskLists = [
  { show: '', text: 'Owed by us' },
  { show: 'all', text: 'Owed by anybody' },
  { show: 'overdue', text: 'Overdue' },
  { show: 'done', text: 'Done' },
] as const

export type TaskList = (typeof taskLists)[number]['show']

export function readList(show: string | undefined): TaskList {
  return taskLists.find(one => one.show === show)?.show ?? ''
}
