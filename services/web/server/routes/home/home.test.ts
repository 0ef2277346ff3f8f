import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { ListSchoolAttendanceResponseSchema } from '../../../gen/pathways/attendance/v1/service_pb'
import { GetWorkCountsResponseSchema as ExclusionCountsSchema } from '../../../gen/pathways/exclusions/v1/service_pb'
import { GetPlacementCountsResponseSchema } from '../../../gen/pathways/panel/v1/placed_pb'
import { GetWorkCountsResponseSchema } from '../../../gen/pathways/referrals/v1/service_pb'
import { aPerson, sums } from '../../testSupport'
import { presentHome } from './presenter'
import { homeView } from './view'

const counts = create(GetWorkCountsResponseSchema, {
  proposalsOpen: 12n,
  proposalsSevere: 2n,
  drafts: 1n,
  submitted: 5n,
  overdue: 1n,
  moreAsked: 1n,
  unallocated: 3n,
  mine: 4n,
})

const day = '2026-11-24'

function links(role: Parameters<typeof aPerson>[0]) {
  return presentHome(aPerson(role), { counts, missing: [] }, day).work.map(({ count, text, href, urgent }) => [count, text, href, urgent])
}

describe('What needs a person', () => {
  test('of a school: questions first', () => {
    expect(links('school')).toEqual([
      ['1', 'question from Early Help to answer', '/requests?state=more_asked', true],
      ['12', 'proposals to decide', '/proposals', true],
      ['1', 'request you have not sent', '/requests?state=draft', false],
      ['5', 'requests with Early Help', '/requests?state=submitted', false],
    ])
  })
  test('of Early Help: what waits for a decision first', () => {
    expect(links('early_help_worker').map(([, text]) => text)).toEqual([
      'requests to decide',
      'accepted, held by nobody',
      'requests you hold',
      'waiting for a school’s answer',
    ])
  })
  test('of an inclusion officer: proposals and requests', () => {
    expect(links('inclusion_officer').map(([, text]) => text).slice(0, 2)).toEqual(['proposals to decide', 'requests to decide'])
  })
  test('of a manager: nothing to decide, but what waits', () => {
    expect(links('manager').map(([, text]) => text)).toContain('requests waiting for Early Help')
  })
  test('overdue and severe have links of their own', () => {
    const { work } = presentHome(aPerson('early_help_worker'), { counts, missing: [] }, day)
    expect(work[0]?.more).toEqual({ text: '1 overdue', href: '/requests?show=overdue' })
  })
})

describe('Exclusions on the home page', () => {
  const exclusions = create(ExclusionCountsSchema, { late: 3n, dueSoon: 1n, drafts: 2n, permanentOpen: 1n, suspendedToday: 4n })
  const of = (role: Parameters<typeof aPerson>[0]) => presentHome(aPerson(role), { exclusions, missing: [] }, day).exclusions.map(({ count, text, href, urgent }) => [count, text, href, urgent])
  test('come late first, each count with the list it counts', () => {
    expect(of('school')).toEqual([
      ['3', 'steps are late', '/exclusions?show=late', true],
      ['1', 'step due within 5 school days', '/exclusions', false],
      ['1', 'permanent exclusion in force', '/exclusions/list?kind=permanent&state=recorded', false],
      ['4', 'pupils suspended today', '/exclusions/list?kind=suspension&state=recorded&on=2026-11-24', false],
      ['2', 'begun, not recorded yet', '/exclusions/drafts', false],
    ])
  })
  test('drafts are the school’s alone', () => {
    expect(of('inclusion_officer').map(([, text]) => text)).not.toContain('begun, not recorded yet')
  })
})

describe('Home', () => {
  test('shows figures with what they are made of', () => {
    const attendance = create(ListSchoolAttendanceResponseSchema, {
      total: { enrolments: 40n, persistent: 5n, severe: 1n, sessions: sums(1000, 60, 20) },
      schools: [{ urn: 900001, dataUpTo: '2026-11-19' }, { urn: 900002, dataUpTo: '2026-11-20' }],
    })
    const home = presentHome(aPerson('school'), { attendance, missing: [] }, day)
    expect(home.figures.map(({ value, of }) => [value, of])).toEqual([
      ['8.0%', '80 of 1,000 possible sessions'],
      ['12.5%', '5 of 40 enrolments missed 10% or more'],
      ['2.5%', '1 of 40 enrolments missed 50% or more'],
    ])
    expect(home.dataUpTo).toBe('20 November 2026')
    expect(home.figuresTitle).toBe('Attendance at Millbrook Community School')
  })
  test('says what it could not load', () => {
    expect(homeView(presentHome(aPerson('school'), { missing: ['requests', 'attendance'] }, day)).missing).toBe('requests and attendance')
  })
  test('offers an officer for data protection the search, and no work', () => {
    const home = presentHome(aPerson('data_protection_officer'), { missing: [] }, day)
    expect([home.work.length, home.canFindPupils, home.canSeeHistory, home.canUpload]).toEqual([0, true, true, false])
  })
})

describe('Placements on the home page', () => {
  const placements = create(GetPlacementCountsResponseSchema, { toAnswer: 1n, offers: 4n, placed: 2n, returnsComing: 1n })
  const of = (role: Parameters<typeof aPerson>[0]) => presentHome(aPerson(role), { placements, missing: [] }, day).placements.map(({ count, text, urgent }) => [count, text, urgent])
  test('begin with what waits for one’s own answer', () => {
    expect(of('provider')[0]).toEqual(['1', 'place asked of you', true])
    expect(of('school')[0]).toEqual(['1', 'place asked of you', true])
    expect(of('panel_clerk')[0]).toEqual(['4', 'offers wait for an answer', false])
  })
  test('tell of pupils who come back', () => {
    expect(of('school')).toContainEqual(['1', 'pupil is to come back to school', false])
  })
})
