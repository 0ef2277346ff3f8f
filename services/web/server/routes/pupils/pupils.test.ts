import { create } from '@bufbuild/protobuf'
import type { Request } from 'express'
import { describe, expect, test } from 'vitest'
import { GetPupilAttendanceResponseSchema } from '../../../gen/pathways/attendance/v1/service_pb'
import { TimelineEntrySchema as AttendanceEntrySchema } from '../../../gen/pathways/attendance/v1/timeline_pb'
import { RequestSchema, RequestState, TimelineEntrySchema } from '../../../gen/pathways/referrals/v1/service_pb'
import { PupilSchema, SearchPupilsResponseSchema } from '../../../gen/pathways/registry/v1/service_pb'
import { aPerson, sums } from '../../testSupport'
import { presentMarks } from './marks/presenter'
import { markHtml, marksView } from './marks/view'
import { presentOverview } from './overview/presenter'
import { overviewView } from './overview/view'
import { pupilHeader, pupilIdOf } from './pupilHeader'
import { checkSearch } from './search/form'
import { presentSearch } from './search/presenter'
import { presentCrossing, presentTimeline } from './timeline/presenter'
import { timelineView } from './timeline/view'

const pupil = create(PupilSchema, {
  pupilId: 'p1',
  upn: 'R201100018042',
  surname: "O'Connor",
  forename: 'Ella',
  dateOfBirth: '2011-11-24',
  yearGroup: '10',
  senProvision: 'K',
  enrolments: [
    { urn: 900002, schoolName: 'Old School', entryDate: '2020-09-01', leavingDate: '2024-07-20' },
    { urn: 900001, schoolName: 'Millbrook', entryDate: '2024-09-03' },
  ],
})
const now = Date.parse('2026-11-24T09:00:00Z')
const schools = new Map([[900001, 'Millbrook']])
const request = (from?: string) => ({ query: { from }, params: {} }) as unknown as Request

describe('Header of a pupil', () => {
  test('names the present school and the age', () => {
    const { facts } = pupilHeader(pupil, aPerson('school'), request(), 'overview', now)
    expect(facts.map(({ value }) => value)).toEqual(['24 November 2011 (15)', 'Year 10', 'Millbrook', 'R201100018042'])
  })
  test('goes back to where one came from, but never off this site', () => {
    expect(pupilHeader(pupil, aPerson('school'), request('/proposals?kind=severe'), 'overview', now).back).toEqual({ href: '/proposals?kind=severe', text: 'Proposals' })
    expect(pupilHeader(pupil, aPerson('school'), request('/exclusions/e1'), 'overview', now).back).toEqual({ href: '/exclusions/e1', text: 'Exclusion' })
    expect(pupilHeader(pupil, aPerson('school'), request('//evil.example'), 'overview', now).back.href).toBe('/pupils')
  })
  test('shows the access history only to whom it is for', () => {
    const tabs = (role: Parameters<typeof aPerson>[0]) => pupilHeader(pupil, aPerson(role), request(), 'overview', now).tabs.map(({ text }) => text)
    expect(tabs('school')).toEqual(['Overview', 'Marks', 'Timeline'])
    expect(tabs('data_protection_officer')).toEqual(['Access history'])
  })
  test('an id that is none is no page', () => {
    expect(() => pupilIdOf({ params: { pupil: '../x' } } as unknown as Request)).toThrow()
  })
})

const attendance = create(GetPupilAttendanceResponseSchema, {
  from: '2026-09-01',
  to: '2026-11-24',
  dataUpTo: '2026-11-20',
  enrolments: [
    {
      urn: 900001,
      sessions: sums(96, 8, 4),
      persistent: true,
      missingMarks: 2n,
      weeks: [{ monday: '2026-11-16', sessions: sums(10, 1, 1) }],
      days: [
        { day: '2026-11-09', am: '/', pm: '' },
        { day: '2026-11-16', am: 'I', pm: 'O' },
        { day: '2026-11-20', am: 'L', pm: 'D', amMinutesLate: 12, amComment: 'Bus' },
      ],
      amendments: [{ day: '2026-11-16', session: 'AM', original: 'N', amended: 'I', personId: 'x', recordedAt: '2026-11-17T09:00:00Z' }],
    },
  ],
  crossings: [{ kind: 'persistent', day: '2026-10-05', sessionsPossible: 40n, sessionsAbsent: 4n }],
})

describe('Overview', () => {
  const requests = [create(RequestSchema, { requestId: 'r1', reference: 'EH-1', state: RequestState.ALLOCATED, mainReason: 'attendance', submittedAt: '2026-11-20T10:00:00Z' })]
  const overview = presentOverview(pupil, attendance, requests, schools)

  test('has numerator and denominator beside every rate, and counts missing marks apart', () => {
    expect(overview.enrolments[0]?.figures.map(({ value, of }) => `${value}, ${of}`)).toEqual([
      '12.5%, 12 of 96 possible sessions',
      '8.3%, 8 of 96 possible sessions',
      '4.2%, 4 of 96 possible sessions',
      '2, sessions without a mark; they count as neither attended nor missed',
    ])
  })
  test('tells crossings with the figures of their day', () => {
    expect(overview.crossings).toEqual([{ what: 'Persistently absent', day: '5 October 2026', figures: '4 of 40 sessions missed (10.0%)' }])
  })
  test('offers a request only when it may be asked for', () => {
    const header = pupilHeader(pupil, aPerson('school'), request(), 'overview', now)
    expect(overviewView(header, overview, undefined, []).ask).toBeUndefined()
    expect(overviewView(header, overview, undefined, ['requests']).missing).toBe('requests')
    expect(overview.requests[0]).toMatchObject({ reason: 'Attendance', state: 'Accepted', when: '20 November 2026' })
  })
  test('stands without attendance when that does not answer', () => {
    expect(presentOverview(pupil, undefined, undefined, schools)).toMatchObject({ span: '', enrolments: [], requests: [] })
  })
})

describe('Marks', () => {
  const marks = presentMarks(attendance, schools, new Map())

  test('are by week, newest first, with days that have no register', () => {
    const [week, before] = marks.enrolments[0]!.weeks
    expect([week!.monday, before!.monday]).toEqual(['16 Nov', '9 Nov'])
    expect(week!.days.map(day => day && `${day.am.kind} ${day.pm.kind}`)).toEqual(['authorised unauthorised', undefined, undefined, undefined, 'present other'])
    expect(before!.days[0]?.pm).toEqual({ code: '–', meaning: 'No mark recorded', kind: 'none' })
  })
  test('that changed say from what, to what, why and by whom', () => {
    expect(marks.enrolments[0]!.amendments[0]).toMatchObject({ day: '16 November 2026, morning', change: 'N to I', reason: 'None given in the file', by: 'Not given' })
  })
  test('come with what was written beside them', () => {
    expect(marks.enrolments[0]!.notes).toEqual([{ session: '20 November 2026, morning', mark: 'L Late before the register closed', note: '12 minutes late. Bus' }])
  })
  test('are seen as codes and heard as meanings', () => {
    expect(markHtml({ code: '\\', meaning: 'Present, afternoon', kind: 'present' })).toContain('<span class="govuk-visually-hidden">Present, afternoon.</span>')
    const view = marksView(pupilHeader(pupil, aPerson('school'), request(), 'marks', now), marks)
    expect(view.key.map(({ code }) => code)).toContain('O')
  })
})

describe('Search', () => {
  test('needs two letters', () => {
    expect(checkSearch('a')).toEqual({ q: 'Enter at least 2 letters of a name, or a whole UPN' })
    expect([checkSearch('ab'), checkSearch(undefined)]).toEqual([{}, {}])
  })
  test('leads those who may not read the record to its access history', () => {
    const answer = create(SearchPupilsResponseSchema, { pupils: [{ pupilId: 'p1', surname: 'Jones', forename: 'Ben', urn: 900001 }] })
    const [found] = presentSearch(answer, schools, false, '/pupils?q=jo') ?? []
    expect(found).toMatchObject({ href: '/pupils/p1/access-history?from=%2Fpupils%3Fq%3Djo', name: 'Jones, Ben', school: 'Millbrook' })
  })
})

describe('Timeline', () => {
  const entry = create(TimelineEntrySchema, {
    at: '2026-11-20T08:31:00Z',
    kind: 'request_declined',
    personId: 'w',
    role: 'early_help_worker',
    urn: 900001,
    requestId: 'r1',
    note: 'Please <wait>',
    traceId: 'abc',
  })
  const item = presentTimeline(entry, new Map([['w', 'Daniel']]), schools)

  test('says who acted, in the role they had then', () => {
    expect(item).toMatchObject({ what: 'Early Help request declined', by: 'Daniel, early help worker', school: 'Millbrook' })
  })
  test('says when it was Pathways, with the figures', () => {
    const raised = create(TimelineEntrySchema, { kind: 'proposal_raised', proposalId: 'x', proposal: { kind: 'severe', sessionsAbsent: 30n, sessionsPossible: 60n } })
    expect(presentTimeline(raised, new Map(), schools)).toMatchObject({ what: 'Proposal raised: severely absent', by: 'Pathways', figures: '30 of 60 sessions missed (50.0%)' })
  })
  test('escapes what people wrote', () => {
    const view = timelineView(pupilHeader(pupil, aPerson('school'), request(), 'timeline', now), [item], {}, undefined, [])
    expect(view.timeline.items[0]?.html).toContain('Please &lt;wait&gt;')
  })
})

describe('A threshold of absence in the timeline', () => {
  const entry = { at: '2026-11-11T00:00:00Z', day: '2026-11-11', urn: 900001, sessionsPossible: 90n, sessionsAbsent: 10n }
  test('says the sessions behind it, and is of a day', () => {
    expect(presentCrossing(create(AttendanceEntrySchema, { ...entry, kind: 'persistent' }), schools)).toMatchObject({ what: 'Absence became persistent', school: 'Millbrook', figures: '10 of 90 sessions missed since September (11.1%)', dayOnly: true })
    expect(presentCrossing(create(AttendanceEntrySchema, { ...entry, kind: 'unauthorised_10_in_10_weeks' }), schools)).toMatchObject({ what: 'Ten unauthorised sessions in ten school weeks', figures: '' })
  })
})
