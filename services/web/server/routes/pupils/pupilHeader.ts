import type { Request } from 'express'
import { Code, ConnectError } from '@connectrpc/connect'
import type { Pupil } from '../../../gen/pathways/registry/v1/service_pb'
import { can, type Person } from '../../auth/person'
import type { Clients } from '../../clients/clients'
import { backTo, href } from '../../components/query'
import { ageOn, longDay, today } from '../../text/dates'
import { fullName, yearGroup } from '../../text/words'

type Tab = 'overview' | 'marks' | 'timeline' | 'access-history'

// Identity bar and sub-navigation: the same on every page of a pupil.
export interface PupilHeader {
  pupilId: string
  name: string
  facts: { label: string; value: string }[]
  tabs: { text: string; href: string; active: boolean }[]
  back: { href: string; text: string }
}

export function pupilIdOf(request: Request): string {
  const { pupil } = request.params
  if (typeof pupil !== 'string' || !/^[\w-]{1,64}$/.test(pupil)) throw new ConnectError('no such pupil', Code.NotFound)
  return pupil
}

export async function loadPupil(clients: Clients, request: Request): Promise<Pupil> {
  const { pupil } = await clients.registry.getPupil({ pupilId: pupilIdOf(request) })
  if (!pupil) throw new ConnectError('no such pupil', Code.NotFound)
  return pupil
}

export function currentSchool(pupil: Pupil) {
  return pupil.enrolments.find(enrolment => enrolment.leavingDate === '') ?? pupil.enrolments[0]
}

function tabs(pupilId: string, person: Person, active: Tab, from: string | undefined) {
  const all: { tab: Tab; text: string }[] = [
    ...(can(person, 'seePupils')
      ? ([
          { tab: 'overview', text: 'Overview' },
          ...(can(person, 'seeAttendance') ? ([{ tab: 'marks', text: 'Marks' }] as const) : []),
          { tab: 'timeline', text: 'Timeline' },
        ] as const)
      : []),
    ...(can(person, 'seeAccessHistory') ? ([{ tab: 'access-history', text: 'Access history' }] as const) : []),
  ]
  return all.map(({ tab, text }) => ({
    text,
    href: href(tab === 'overview' ? `/pupils/${pupilId}` : `/pupils/${pupilId}/${tab}`, { from }),
    active: tab === active,
  }))
}

function backText(target: string): string {
  if (target.startsWith('/schools')) return 'Attendance of pupils'
  if (target.startsWith('/proposals')) return 'Proposals'
  if (target.startsWith('/requests')) return 'Early Help requests'
  if (target.startsWith('/panel/')) return 'Panel case'
  if (target.startsWith('/exclusions/risk')) return 'Proposal of help'
  if (target.startsWith('/exclusions')) return target.startsWith('/exclusions/list') ? 'All exclusions' : 'Exclusion'
  return 'Find a pupil'
}

export function pupilHeader(pupil: Pupil, person: Person, request: Request, active: Tab, now: number): PupilHeader {
  const back = backTo(request, '/pupils')
  const age = ageOn(pupil.dateOfBirth, today(now))
  const school = currentSchool(pupil)
  return {
    pupilId: pupil.pupilId,
    name: fullName(pupil),
    facts: [
      { label: 'Born', value: `${longDay(pupil.dateOfBirth)}${age === undefined ? '' : ` (${age})`}` },
      { label: 'Year group', value: yearGroup(pupil.yearGroup) },
      { label: 'School', value: school ? `${school.schoolName}${school.leavingDate ? ` (left ${longDay(school.leavingDate)})` : ''}` : 'none' },
      { label: 'UPN', value: pupil.upn },
    ],
    tabs: tabs(pupil.pupilId, person, active, back === '/pupils' ? undefined : back),
    back: { href: back, text: backText(back) },
  }
}
