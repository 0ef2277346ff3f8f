import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { ListSchoolAttendanceResponseSchema } from '../../../gen/pathways/attendance/v1/service_pb'
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

function links(role: Parameters<typeof aPerson>[0]) {
  return presentHome(aPerson(role), { counts, missing: [] }).work.map(({ count, text, href, urgent }) => [count, text, href, urgent])
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
    const { work } = presentHome(aPerson('early_help_worker'), { counts, missing: [] })
    expect(work[0]?.more).toEqual({ text: '1 overdue', href: '/requests?show=overdue' })
  })
})

describe('Home', () => {
  test('shows figures with what they are made of', () => {
    const attendance = create(ListSchoolAttendanceResponseSchema, {
      total: { enrolments: 40n, persistent: 5n, severe: 1n, sessions: sums(1000, 60, 20) },
      schools: [{ urn: 900001, dataUpTo: '2026-11-19' }, { urn: 900002, dataUpTo: '2026-11-20' }],
    })
    const home = presentHome(aPerson('school'), { attendance, missing: [] })
    expect(home.figures.map(({ value, of }) => [value, of])).toEqual([
      ['8.0%', '80 of 1,000 possible sessions'],
      ['12.5%', '5 of 40 enrolments missed 10% or more'],
      ['2.5%', '1 of 40 enrolments missed 50% or more'],
    ])
    expect(home.dataUpTo).toBe('20 November 2026')
    expect(home.figuresTitle).toBe('Attendance at Millbrook Community School')
  })
  test('says what it could not load', () => {
    expect(homeView(presentHome(aPerson('school'), { missing: ['requests', 'attendance'] })).missing).toBe('requests and attendance')
  })
  test('offers an officer for data protection the search, and no work', () => {
    const home = presentHome(aPerson('data_protection_officer'), { missing: [] })
    expect([home.work.length, home.canFindPupils, home.canSeeHistory, home.canUpload]).toEqual([0, true, true, false])
  })
})
