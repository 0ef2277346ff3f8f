import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { PublishedPlace, PublishedSeriesSchema } from '../../gen/pathways/exclusions/v1/published_pb'
import { Kind, type Exclusion } from '../../gen/pathways/exclusions/v1/service_pb'
import { Breakdown, HeadcountBasis, TrendMeasure, TrendSeriesSchema, type GetTrendRequest, type TrendsService } from '../../gen/pathways/exclusions/v1/trends_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { schools } from './data'
import { find } from './exclusionRecords'
import { enter, notFound, pageOf, sees, type World } from './world'

// Made up figures that are always the same; the cases behind the last year are the exclusions of this world.

const thisYear = 202627

const values: Partial<Record<Breakdown, readonly string[]>> = {
  [Breakdown.SCHOOL]: schools.slice(0, 6).map(({ urn }) => String(urn)),
  [Breakdown.LOCALITY]: ['North', 'South'],
  [Breakdown.PHASE]: ['State-funded primary', 'State-funded secondary', 'Special'],
  [Breakdown.YEAR_GROUP]: ['7', '8', '9', '10', '11'],
  [Breakdown.SEN_PROVISION]: ['N', 'K', 'E', ''],
  [Breakdown.DISADVANTAGED]: ['N', 'Y'],
  [Breakdown.SEX]: ['F', 'M'],
  [Breakdown.REASON]: ['DB', 'PA', 'PP', 'VA', 'VP', 'TH'],
  [Breakdown.LOOKED_AFTER]: ['N', 'Y'],
}

function works(person: DemoPerson, request: GetTrendRequest): boolean {
  return person.la_codes.length > 0 || request.scope?.urn !== 0
}

function periodsOf({ fromYear, toYear, byTerm }: GetTrendRequest) {
  const years = []
  for (let year = fromYear; year <= toYear; year += 101) years.push(year)
  if (!byTerm) return years.map(academicYear => ({ academicYear, term: 0, unfinished: academicYear === thisYear }))
  return years.flatMap(academicYear => [1, 2, 3].filter(term => academicYear < thisYear || term === 1).map(term => ({ academicYear, term, unfinished: academicYear === thisYear })))
}

function series(request: GetTrendRequest, by: Breakdown, value: string, place: number, suppress: boolean) {
  return create(TrendSeriesSchema, {
    by,
    value,
    points: periodsOf(request).map((period, index) => {
      const suspensions = 40 + index * 7 + place * 11
      const headcount = 1200 + index * 10
      const small = suppress && index % 3 === 1
      const figure = (number: number) => (small ? { suppressed: true } : { count: BigInt(number), rate: index === 0 ? '' : ((number * 100) / headcount).toFixed(2) })
      return {
        ...period,
        suspensions: figure(suspensions),
        halfDaysLost: figure(suspensions * 4),
        pupilsSuspended: figure(Math.round(suspensions / 2)),
        permanentExclusions: figure(index === 2 ? 0 : 1 + place),
        headcount: index === 0 ? 0n : BigInt(headcount),
      }
    }),
  })
}

function published(request: GetTrendRequest) {
  const rates = (base: number) => periodsOf(request).map((period, index) => ({ ...period, suspensions: { rate: index > 3 ? '' : (base + index).toFixed(2), authorities: 1 }, pupilsSuspended: { rate: '', symbol: 'z' }, permanentExclusions: { rate: '0.13', authorities: 1 } }))
  const sources = ['Invented for the demonstration: not published figures (published.csv)']
  return [
    create(PublishedSeriesSchema, { place: PublishedPlace.ENGLAND, authorities: 1, points: rates(2), sources }),
    create(PublishedSeriesSchema, { place: PublishedPlace.NEIGHBOURS, authorities: 10, points: rates(3), sources }),
  ]
}

function kindCode({ facts }: Exclusion): string {
  return { [Kind.UNSPECIFIED]: '', [Kind.SUSPENSION]: 'SUSP', [Kind.LUNCHTIME]: 'LNCH', [Kind.PERMANENT]: 'PERM' }[facts?.kind ?? Kind.UNSPECIFIED]
}

export function trends(world: World): Partial<ServiceImpl<typeof TrendsService>> {
  return {
    getTrend(request, context) {
      const person = enter(world, 'exclusions', context)
      if (request.scope?.urn && !sees(person, request.scope.urn)) throw notFound('school')
      const suppressionApplies = !works(person, request)
      const by = request.by[0] ?? Breakdown.TOTAL
      return {
        series: (values[by] ?? ['']).map((value, place) => series(request, by, value, place, suppressionApplies)),
        headcounts: periodsOf({ ...request, byTerm: false }).map(({ academicYear, unfinished }, index) =>
          index === 0 ? { academicYear } : { academicYear, countedOn: unfinished ? '2026-11-24' : '2026-01-15', basis: unfinished ? HeadcountBasis.TODAY : HeadcountBasis.SPRING_CENSUS },
        ),
        suppressionApplies,
        mayOpenCases: !suppressionApplies,
        laCode: 999,
        firstRecordedYear: 202324,
        published: published(request),
      }
    },
    listTrendCases(request, context) {
      const person = enter(world, 'exclusions', context)
      if (person.la_codes.length === 0 && request.scope?.urn === 0) throw new ConnectError('cases are for those who work with them', Code.PermissionDenied)
      const all = [...world.exclusions.values()].filter(one => sees(person, one.urn) && (one.facts?.kind === Kind.PERMANENT) === (request.measure === TrendMeasure.PERMANENT_EXCLUSIONS))
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      const cases = rows.map(one => ({
        exclusionId: one.exclusionId,
        reference: one.reference,
        pupilId: one.pupilId,
        urn: one.urn,
        kind: kindCode(one),
        startDate: one.facts?.startDate,
        halfDays: one.facts?.halfDays,
        reasons: one.facts?.reasons,
        importId: one.importId,
        importRow: one.importRow,
        importFile: one.importId ? 'suspensions.csv' : '',
        recordedBy: one.recordedBy,
        recordedAt: one.recordedAt,
      }))
      return { cases, nextPageToken, total: BigInt(all.length) }
    },
    getProvenance(request, context) {
      const { importId, importRow, recordedBy, recordedAt } = find(world, enter(world, 'exclusions', context), request.exclusionId)
      return { importId, importRow, importFile: importId ? 'suspensions.csv' : '', personId: recordedBy, recordedAt }
    },
    async *exportTrend(_request, context) {
      enter(world, 'exclusions', context)
      yield { data: new TextEncoder().encode('time_period,time_identifier\r\n') }
    },
  }
}
