import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { AttendanceFilter, AttendanceOrder, type AttendanceService } from '../../gen/pathways/attendance/v1/service_pb'
import type { TimelineService } from '../../gen/pathways/attendance/v1/timeline_pb'
import { ImportReportSchema, ImportState, OnBadRows, type ImportStart } from '../../gen/pathways/common/v1/import_pb'
import { addSums, isPersistent, isSevere, lastDay, schools, sumsOf, weekOf, type StubPupil } from './data'
import { accessEntries } from './registry'
import { enter, notFound, pageOf, sees, violations, type World } from './world'

function groupSums(topic: string, value: string, pupils: StubPupil[]) {
  const sums = pupils.map(pupil => sumsOf(pupil.days))
  return {
    breakdownTopic: topic,
    breakdown: value,
    enrolments: BigInt(pupils.length),
    sessions: addSums(sums),
    persistent: BigInt(sums.filter(isPersistent).length),
    severe: BigInt(sums.filter(isSevere).length),
  }
}

function groups(pupils: StubPupil[]) {
  const topics: Record<string, (pupil: StubPupil) => string> = {
    sen_provision: pupil => pupil.senProvision,
    pupil_premium: pupil => (pupil.pupilPremium ? 'Y' : 'N'),
    year_group: pupil => pupil.yearGroup,
  }
  return Object.entries(topics).flatMap(([topic, valueOf]) =>
    Object.entries(Object.groupBy(pupils, valueOf)).map(([value, members]) => groupSums(topic, value, members ?? [])),
  )
}

function weeks(pupils: StubPupil[]) {
  const days = pupils.flatMap(pupil => pupil.days)
  return [...Map.groupBy(days, ({ day }) => weekOf(day))].map(([monday, marked]) => ({ monday, sessions: sumsOf(marked) }))
}

const span = { from: '2026-09-01', to: '2026-11-24', dataUpTo: lastDay }

// Rows that begin with "bad" are refused, "slow" takes a while, "ambiguous" cannot tell its dates.
function report(start: ImportStart, text: string, personId: string) {
  const rows = text.split(/\r?\n/).slice(1).filter(Boolean)
  const bad = rows.map((row, index) => ({ row, number: index + 2 })).filter(({ row }) => row.startsWith('bad'))
  const refused = start.onBadRows === OnBadRows.REFUSE_FILE && bad.length > 0
  const ambiguous = text.includes('ambiguous') && start.dateForm === 0
  const state = ambiguous || refused ? ImportState.REFUSED : bad.length > 0 ? ImportState.DONE_WITH_REFUSALS : ImportState.DONE
  const good = refused || ambiguous ? 0 : rows.length - bad.length
  const dates = { row: 0n, column: 'date', value: '01/09/2026', reason: 'Every date can be read in two ways.', advice: 'Say how the dates are written.', code: 'dates_ambiguous' }
  return create(ImportReportSchema, {
    importId: start.importId,
    state,
    rowsRead: BigInt(rows.length),
    rowsGood: BigInt(rows.length - bad.length),
    rowsRefused: BigInt(bad.length),
    recordsNew: BigInt(good * 2),
    problems: ambiguous
      ? [dates]
      : bad.map(({ row, number }) => ({ row: BigInt(number), column: 'upn', value: row.split(',')[0], reason: 'The check letter does not fit.', advice: 'Copy the UPN again from your system.', code: 'bad_upn' })),
    problemCount: BigInt(ambiguous ? 1 : bad.length),
    notes: ['12 morning marks were written \\ and read as /.'],
    fileName: start.fileName,
    urn: start.urn,
    startedAt: '2026-11-24T08:31:00Z',
    finishedAt: '2026-11-24T08:31:01Z',
    personId,
    firstDay: '2026-11-16',
    lastDay: '2026-11-20',
    totalBytes: start.totalBytes,
    bytesReceived: BigInt(text.length),
  })
}

export function attendance(world: World): Partial<ServiceImpl<typeof AttendanceService>> {
  const seen = (person: Parameters<typeof sees>[0], urn?: number) => world.pupils.filter(pupil => sees(person, pupil.urn) && (!urn || pupil.urn === urn))
  return {
    async importRegister(chunks, context) {
      const person = enter(world, 'attendance', context)
      let start: ImportStart | undefined
      const decoder = new TextDecoder()
      let text = ''
      let whole = false
      for await (const { part } of chunks) {
        if (part.case === 'start') {
          start = part.value
          if (start.urn === 900003 && !sees(person, 900003)) throw violations(Code.InvalidArgument, { 'start.urn': 'Select a school you work with' })
          world.imports.set(start.importId, create(ImportReportSchema, { importId: start.importId, state: ImportState.CHECKING, fileName: start.fileName, urn: start.urn, startedAt: '2026-11-24T08:31:00Z', personId: person.sub, totalBytes: start.totalBytes }))
        } else if (part.case === 'data') text += decoder.decode(part.value, { stream: true })
        else whole ||= part.case === 'end'
      }
      if (!whole) throw violations(Code.InvalidArgument, { end: 'Send the end as the last message' })
      if (!start) throw violations(Code.InvalidArgument, { start: 'Send the start first' })
      if (text.includes('slow')) {
        world.imports.set(start.importId, { ...report(start, text, person.sub), state: ImportState.CHECKING, bytesReceived: start.totalBytes / 2n })
        await new Promise(resolve => setTimeout(resolve, 4000))
      }
      const done = report(start, text, person.sub)
      world.imports.set(start.importId, done)
      return done
    },
    getImport(request, context) {
      enter(world, 'attendance', context)
      const found = world.imports.get(request.importId)
      if (!found) throw notFound('import')
      return { report: found }
    },
    listImports(request, context) {
      enter(world, 'attendance', context)
      const { rows, nextPageToken } = pageOf([...world.imports.values()].reverse(), request.pageSize, request.pageToken)
      return { imports: rows, nextPageToken }
    },
    async *exportRefusedRows(_request, context) {
      enter(world, 'attendance', context)
      yield { data: new TextEncoder().encode('upn,date,am,pm,errors\r\nbad,2026-11-20,/,\\,The check letter does not fit.\r\n') }
    },
    getPupilAttendance(request, context) {
      const person = enter(world, 'attendance', context)
      const pupil = seen(person).find(({ pupilId }) => pupilId === request.pupilId)
      if (!pupil) throw notFound('pupil')
      const sums = sumsOf(pupil.days)
      const crossed = isPersistent(sums)
      return {
        ...span,
        enrolments: [
          {
            enrolmentId: pupil.enrolmentId,
            urn: pupil.urn,
            sessions: sums,
            persistent: crossed,
            severe: isSevere(sums),
            weeks: weeks([pupil]),
            days: pupil.days.map(marked => (marked.am === 'L' ? { ...marked, amMinutesLate: 8, amComment: 'Bus was late' } : marked)),
            missingMarks: 2n,
            amendments: [{ day: '2026-11-12', session: 'AM', original: 'N', amended: 'I', reason: 'Parent rang', amendedBy: 'A Osei', personId: 'demo-amara-osei', recordedAt: '2026-11-16T10:12:00Z' }],
          },
        ],
        crossings: crossed
          ? [{ kind: 'persistent', day: '2026-09-23', sessionsPossible: 30n, sessionsAbsent: 4n, pupilId: pupil.pupilId, urn: pupil.urn, enrolmentId: pupil.enrolmentId }]
          : [],
      }
    },
    getSchoolAttendance(request, context) {
      const person = enter(world, 'attendance', context)
      const pupils = seen(person, request.urn)
      if (pupils.length === 0) throw notFound('school')
      return { ...span, total: groupSums('Total', 'Total', pupils), groups: groups(pupils), weeks: weeks(pupils), daysWithoutRegister: ['2026-11-13'] }
    },
    listEnrolmentAttendance(request, context) {
      const person = enter(world, 'attendance', context)
      const absent = (row: { sessions: ReturnType<typeof sumsOf> }) => Number(row.sessions.authorised + row.sessions.unauthorised) / Number(row.sessions.possible)
      const all = seen(person, request.urn)
        .filter(pupil => !request.yearGroup || pupil.yearGroup === request.yearGroup)
        .map(pupil => {
          const sessions = sumsOf(pupil.days)
          return { enrolmentId: pupil.enrolmentId, pupilId: pupil.pupilId, sessions, persistent: isPersistent(sessions), severe: isSevere(sessions), yearGroup: pupil.yearGroup }
        })
        .filter(row => (request.filter === AttendanceFilter.SEVERE ? row.severe : request.filter === AttendanceFilter.PERSISTENT ? row.persistent : true))
        .sort((one, other) => (request.order === AttendanceOrder.LEAST_ABSENT ? absent(one) - absent(other) : absent(other) - absent(one)))
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { rows, nextPageToken, total: BigInt(all.length), dataUpTo: lastDay }
    },
    listSchoolAttendance(_request, context) {
      const person = enter(world, 'attendance', context)
      return {
        schools: schools.filter(({ urn }) => sees(person, urn)).map(({ urn }) => ({ urn, total: groupSums('Total', 'Total', seen(person, urn)), dataUpTo: lastDay })),
        total: groupSums('Total', 'Total', seen(person)),
      }
    },
    async *exportAttendance(request, context) {
      enter(world, 'attendance', context)
      if (request.from === '2030-01-01') throw violations(Code.InvalidArgument, { from: 'The first day must not be in the future' })
      yield { data: new TextEncoder().encode('from,to,geographic_level\r\n') }
      yield { data: new TextEncoder().encode('2026-09-01,2026-11-24,School\r\n') }
    },
    listAccessHistory(request, context) {
      enter(world, 'attendance', context)
      if (request.pupilId === '') throw new ConnectError('no pupil', Code.InvalidArgument)
      const { rows, nextPageToken } = pageOf(accessEntries('attendance', 20), request.pageSize, request.pageToken)
      return { entries: rows, nextPageToken }
    },
  }
}

// Everybody's absence became persistent on the same day.
export function attendanceTimeline(world: World): Partial<ServiceImpl<typeof TimelineService>> {
  return {
    listTimeline(request, context) {
      const person = enter(world, 'attendance', context)
      const pupil = world.pupils.find(({ pupilId }) => pupilId === request.pupilId)
      if (!pupil || !sees(person, pupil.urn)) return { entries: [], nextPageToken: '' }
      const entries = [{ at: '2026-11-11T00:00:00Z', day: '2026-11-11', kind: 'persistent', urn: pupil.urn, sessionsPossible: 90n, sessionsAbsent: 10n }]
      return { entries: request.pageToken === '' ? entries : [], nextPageToken: '' }
    },
  }
}
