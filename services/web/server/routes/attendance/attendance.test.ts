import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import {
  ExportLevel,
  GetSchoolAttendanceResponseSchema,
  ListEnrolmentAttendanceResponseSchema,
  ListSchoolAttendanceResponseSchema,
} from '../../../gen/pathways/attendance/v1/service_pb'
import { ListSchoolsResponseSchema, PupilNameSchema, SchoolSchema } from '../../../gen/pathways/registry/v1/service_pb'
import { readPaging } from '../../components/pagination'
import { sums } from '../../testSupport'
import { readDownload, typedDay } from './download/form'
import { downloadView } from './download/view'
import { presentList } from './list/presenter'
import { listView } from './list/view'
import { presentSchool } from './school/presenter'
import { schoolView } from './school/view'
import { presentSchools } from './schools/presenter'
import { schoolsView } from './schools/view'

const first = readPaging({})

describe('List of schools', () => {
  const list = create(ListSchoolsResponseSchema, { schools: [{ urn: 900001, name: 'Millbrook', phase: 'Secondary', onRoll: 1200 }, { urn: 900002, name: 'Abbey Lane' }], total: 2 })
  const attendance = create(ListSchoolAttendanceResponseSchema, {
    schools: [{ urn: 900001, dataUpTo: '2026-11-20', total: { enrolments: 10n, persistent: 2n, sessions: sums(200, 10, 5) } }],
  })
  test('puts figures beside each, and says where there is no register', () => {
    const { rows } = presentSchools(list, attendance)
    expect(rows[0]).toMatchObject({ name: 'Millbrook', onRoll: '1,200', absence: '7.5%', persistent: '20.0%', dataUpTo: '20 Nov' })
    expect(rows[1]).toMatchObject({ absence: 'not applicable', dataUpTo: 'no register yet' })
  })
  test('links each school', () => {
    const view = schoolsView(presentSchools(list, attendance), {}, first, '')
    expect(view.table.rows[0]?.[0]?.html).toContain('href="/schools/900001"')
    expect(view.pagination).toBeUndefined()
  })
})

describe('Page of a school', () => {
  const attendance = create(GetSchoolAttendanceResponseSchema, {
    total: { breakdownTopic: 'Total', enrolments: 10n, persistent: 2n, severe: 1n, sessions: sums(200, 10, 5) },
    groups: [
      { breakdownTopic: 'Total', breakdown: 'Total' },
      { breakdownTopic: 'sen_provision', breakdown: 'K', enrolments: 4n, persistent: 1n, sessions: sums(80, 4, 0) },
      { breakdownTopic: 'sex', breakdown: 'F', enrolments: 6n, sessions: sums(120, 6, 5) },
    ],
    weeks: [{ monday: '2026-11-16', sessions: sums(100, 5, 5) }],
    dataUpTo: '2026-11-20',
    from: '2026-09-01',
    to: '2026-11-24',
    daysWithoutRegister: ['2026-11-13'],
  })
  const page = presentSchool(create(SchoolSchema, { urn: 900001, name: 'Millbrook', phase: 'Secondary' }), attendance)

  test('every figure comes with its numerator and denominator', () => {
    expect(page.figures.map(({ value, of }) => `${value}: ${of}`)).toEqual([
      '7.5%: 15 of 200 possible sessions',
      '2.5%: 5 of 200 possible sessions',
      '20.0%: 2 of 10 enrolments missed 10% or more',
      '10.0%: 1 of 10 enrolments missed 50% or more',
    ])
  })
  test('groups stand in the order people expect', () => {
    const groups = ['10', '7', 'R'].map(breakdown => ({ breakdownTopic: 'year_group', breakdown, sessions: sums(10, 0, 0) }))
    const { groups: shown } = presentSchool(create(SchoolSchema, {}), create(GetSchoolAttendanceResponseSchema, { groups }))
    expect(shown.map(({ group }) => group)).toEqual(['Reception', 'Year 7', 'Year 10'])
  })
  test('groups are a table a topic, without the total', () => {
    const view = schoolView(page, undefined, true)
    expect(view.groupTables.map(({ caption }) => caption)).toEqual(['Special educational needs', 'Sex'])
    expect(view.withoutTitle).toBe('1 school day without a register')
    expect(page.without).toEqual(['Fri 13 Nov'])
  })
})

describe('Attendance of pupils', () => {
  const list = create(ListEnrolmentAttendanceResponseSchema, {
    rows: [{ pupilId: 'p1', sessions: sums(20, 1, 1), persistent: true, yearGroup: '8' }, { pupilId: 'p2', sessions: sums(20, 10, 0), persistent: true, severe: true, yearGroup: '9' }],
    total: 2n,
    dataUpTo: '2026-11-20',
  })
  const names = new Map([['p1', create(PupilNameSchema, { pupilId: 'p1', surname: "O'Connor", forename: 'Ella' })]])
  const page = presentList('Millbrook', list, names)

  test('is severe before it is persistent, and a pupil out of sight stays unnamed', () => {
    expect(page.rows.map(({ name, state, absence }) => [name, state, absence])).toEqual([
      ["O'Connor, Ella", 'persistent', '10.0%'],
      ['A pupil you cannot see', 'severe', '50.0%'],
    ])
  })
  test('a name is escaped, and its link carries the filters to come back to', () => {
    const view = listView(900001, page, { show: 'persistent' }, first, '50', '/schools/900001/attendance?show=persistent')
    expect(view.table.rows[0]?.[0]?.html).toContain('O&#39;Connor, Ella')
    expect(view.table.rows[0]?.[0]?.html).toContain('from=%2Fschools%2F900001%2Fattendance%3Fshow%3Dpersistent')
    expect(view.pagination?.next?.href).toBe('/schools/900001/attendance?show=persistent&page=50&trail=first')
    expect(view.filtered).toBe(true)
  })
})

describe('Download of figures', () => {
  test('asks for what the form says', () => {
    expect(readDownload({ level: 'pupil', by: 'sex', 'from-day': '1', 'from-month': '9', 'from-year': '2026' })).toEqual({
      ask: { level: ExportLevel.PUPIL, by: 'sex', from: '2026-09-01', to: '' },
      errors: {},
    })
  })
  test('says everything that is wrong at once', () => {
    const { ask, errors } = readDownload({ 'from-day': '31', 'from-month': '2', 'from-year': '2026', 'to-day': 'x' })
    expect(ask).toBeUndefined()
    expect(Object.keys(errors)).toEqual(['level', 'from', 'to'])
  })
  test('does not go backwards', () => {
    const query = { level: 'school', 'from-day': '2', 'from-month': '9', 'from-year': '2026', 'to-day': '1', 'to-month': '9', 'to-year': '2026' }
    expect(readDownload(query).errors).toEqual({ to: 'The last day must not be before the first' })
    expect(typedDay(query, 'to')).toBe('2026-09-01')
  })
  test('keeps what was typed when it is shown again', () => {
    const view = downloadView({ level: 'pupil' }, { from: 'Enter a real first day' })
    expect(view.level.items.find(({ checked }) => checked)?.value).toBe('pupil')
    expect(view.errorSummary?.errorList).toEqual([{ text: 'Enter a real first day', href: '#from' }])
  })
})
