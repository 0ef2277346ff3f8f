import { create } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { describe, expect, test } from 'vitest'
import { BadRequestSchema } from '../../../gen/google/rpc/error_details_pb'
import { DateForm, ImportReportSchema, ImportState, OnBadRows } from '../../../gen/pathways/common/v1/import_pb'
import { readPaging } from '../../components/pagination'
import { aPerson } from '../../testSupport'
import { registers, suspensions } from './kinds'
import { importsView } from './list/view'
import { presentOutcome, presentProgress } from './outcome/presenter'
import { outcomeView, progressView } from './outcome/view'
import { headline, isOver, presentImport } from './presenter'
import { outcomeWithin, RunningImports } from './runningImports'
import { refusal } from './upload/controller'
import { readStart } from './upload/form'
import { FileTooLarge } from './upload/receive'
import { uploadView } from './upload/view'

const report = create(ImportReportSchema, {
  importId: 'i1',
  state: ImportState.DONE_WITH_REFUSALS,
  rowsRead: 1200n,
  rowsGood: 1198n,
  rowsRefused: 2n,
  recordsNew: 2000n,
  recordsChanged: 3n,
  problems: [{ row: 17n, column: 'upn', value: '<x>', reason: 'Too short.', advice: 'Copy it again.', code: 'bad_upn' }],
  problemCount: 2n,
  fileName: 'week 47.csv',
  urn: 900001,
  startedAt: '2026-11-24T08:31:00Z',
  firstDay: '2026-11-16',
  lastDay: '2026-11-20',
  personId: 'a',
})
const names = [new Map([[900001, 'Millbrook']]), new Map([['a', 'Amara Osei']])] as const

describe('Outcome of an import', () => {
  test('says in a sentence what came of it', () => {
    expect(headline(report)).toBe('1,198 rows kept, 2 refused')
    const at = (state: ImportState, recordsNew = 0n) => headline(create(ImportReportSchema, { state, rowsGood: 5n, recordsNew }))
    expect(at(ImportState.DONE)).toBe('Every row was already in Pathways: nothing has changed')
    expect(at(ImportState.DONE, 10n)).toBe('All 5 rows are in Pathways')
    expect(at(ImportState.REFUSED)).toBe('The file was refused: nothing has changed')
    expect(at(ImportState.INTERRUPTED)).toContain('Send the file again')
  })
  test('has counts that add up, and says how many problems are not shown', () => {
    const outcome = presentOutcome(report)
    expect(outcome.counts.slice(0, 3).map(({ value }) => value)).toEqual(['1,200', '1,198', '2'])
    expect(outcome.moreProblems).toBe('1 more problem is in the file of refused rows.')
    const view = outcomeView(registers, presentImport(report, ...names), outcome, 900001)
    expect(view.refusedHref).toBe('/imports/i1/refused.csv')
    expect(view.problems.rows[0]?.map(cell => cell.text)).toEqual(['17', 'upn', '<x>', 'Too short.', 'Copy it again.'])
  })
  test('asks about dates that can be read in two ways', () => {
    const ambiguous = create(ImportReportSchema, { state: ImportState.REFUSED, urn: 900001, problems: [{ row: 0n, code: 'dates_ambiguous' }], problemCount: 1n })
    const view = outcomeView(registers, presentImport(ambiguous, ...names), presentOutcome(ambiguous), 900001)
    expect(view.againHref).toBe('/imports/new?urn=900001&dates=ask')
    expect(view.refusedHref).toBeUndefined()
  })
  test('is over only in four states', () => {
    expect([ImportState.CHECKING, ImportState.COMMITTING, ImportState.DONE, ImportState.INTERRUPTED].map(isOver)).toEqual([false, false, true, true])
  })
  test('stands in the list with its days', () => {
    const view = importsView(registers, aPerson('school'), [presentImport(report, ...names)], {}, readPaging({}), '')
    expect(view.table.rows[0]?.[2]?.text).toBe('16 Nov to 20 November 2026')
  })
})

describe('Progress', () => {
  test('is announced by quarters only', () => {
    const at = (received: number) => presentProgress(create(ImportReportSchema, { bytesReceived: BigInt(received), totalBytes: 1000n }))
    expect([at(260).percent, at(260).announced]).toEqual([26, 'The file is being checked. 25% received.'])
    expect(at(490).announced).toBe(at(260).announced)
    expect(progressView(registers, presentImport(report, ...names), at(260)).progress.percent).toBe(26)
  })
  test('has no bar where the size is not known', () => {
    expect(presentProgress(create(ImportReportSchema, { bytesReceived: 10n })).percent).toBeUndefined()
  })
})

describe('Upload form', () => {
  const fields = { import_id: '5d2ad0d6-9c1a-4b5e-8f0a-0d9c1a4b5e8f', urn: '900001', on_bad_rows: 'refuse' }
  test('announces the file', () => {
    expect(readStart({ ...fields, date_form: 'dmy' }, 'C:\\Users\\me\\week.csv', '')).toEqual({
      errors: {},
      start: { importId: fields.import_id, fileName: 'week.csv', urn: 900001, onBadRows: OnBadRows.REFUSE_FILE, dateForm: DateForm.DAY_MONTH_YEAR },
    })
    expect(readStart(fields, 'week.csv', '').start?.dateForm).toBe(DateForm.UNSPECIFIED)
  })
  test('says what is missing', () => {
    const { errors } = readStart({ import_id: 'x' }, '', suspensions.words.from)
    expect(Object.keys(errors)).toEqual(['import_id', 'urn', 'on_bad_rows', 'file'])
    expect(errors.urn).toBe('Select the school the file is from')
  })
  test('keeps the good rows unless one chooses otherwise, and asks about dates only when it must', () => {
    const view = uploadView(registers, [{ value: '900001', text: 'Millbrook' }], {}, {}, 1024 * 1024)
    expect(view.badRows.items.find(({ checked }) => checked)?.value).toBe('keep')
    expect(view.dates).toBeUndefined()
    expect(view.onlySchool?.text).toBe('Millbrook')
    expect(uploadView(registers, [], { dates: 'ask' }, {}, 1024 * 1024).dates).toBeDefined()
  })
  test('turns a refusal of the service into words at the right field; a fault stays a fault', () => {
    const details = [{ desc: BadRequestSchema, value: create(BadRequestSchema, { fieldViolations: [{ field: 'start.urn', description: 'Select a school you work with' }] }) }]
    expect(refusal(new ConnectError('', Code.InvalidArgument, undefined, details), 1)).toEqual({ urn: 'Select a school you work with' })
    expect(refusal(ConnectError.from(new FileTooLarge()), 5 * 1024 * 1024)).toEqual({ file: 'The file must be smaller than 5 MB' })
    expect(refusal(new ConnectError('', Code.Internal), 1)).toBeUndefined()
  })
})

describe('Imports whose file is in but not yet done', () => {
  test('are running, then gone; what failed is remembered', async () => {
    const running = new RunningImports()
    const failed = Promise.reject<typeof report>(new Error('broken'))
    running.follow('good', Promise.resolve(report))
    running.follow('bad', failed)
    expect(running.isRunning('bad')).toBe(true)
    await expect.poll(() => running.isRunning('bad')).toBe(false)
    expect(running.failure('bad')).toBeInstanceOf(Error)
    expect(running.failure('good')).toBeUndefined()
  })
  test('are waited for only so long', async () => {
    expect(await outcomeWithin(new Promise(() => undefined), 1)).toBe('running')
    expect(await outcomeWithin(Promise.resolve(report), 1000)).toEqual({ report })
  })
})
