import type { Request, RequestHandler } from 'express'
import { SchoolTerm } from '../../../../../gen/pathways/exclusions/v1/trends_pb'
import type { Person } from '../../../../auth/person'
import { readPaging } from '../../../../components/pagination'
import { backTo, readQuery, type Query } from '../../../../components/query'
import { render } from '../../../../components/render'
import { peopleById, pupilsById, schoolsByUrn } from '../../../../services/names'
import type { Services } from '../../../../services'
import { breakdownOf, measureOf } from '../../../../text/trends'
import { placesOf, readPlace, scopeOf } from '../place'
import { presentCase, type Point } from './presenter'
import { casesView } from './view'

const parameters = ['measure', 'where', 'la', 'year', 'term', 'by', 'value', 'page', 'trail', 'from'] as const

function readPoint(query: Query, person: Person): Point {
  const term = Number(query.term)
  return {
    measure: measureOf(query.measure),
    place: readPlace(query.where, person),
    laCode: person.laCodes.find(code => String(code) === query.la) ?? person.laCodes[0] ?? 0,
    year: Number(query.year) || 0,
    term: term in SchoolTerm ? term : SchoolTerm.UNSPECIFIED,
    breakdown: breakdownOf(query.by),
    value: query.value ?? '',
  }
}

function trendsPath(request: Request): string {
  return backTo(request, '/exclusions/trends')
}

// The exclusions a number of the trend is made of.
export function showCases({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, parameters)
    const paging = readPaging(query)
    const point = readPoint(query, person)
    const [list, { reasons }, places] = await Promise.all([
      clients.trends.listTrendCases({
        scope: scopeOf(point.place, point.laCode),
        academicYear: point.year,
        term: point.term,
        by: point.breakdown.by,
        value: point.value,
        measure: point.measure.cases,
        pageSize: 50,
        pageToken: paging.token,
      }),
      clients.exclusions.listReasons({}),
      placesOf(clients, person),
    ])
    const [pupils, schools, people] = await Promise.all([
      pupilsById(clients, list.cases.map(({ pupilId }) => pupilId)),
      schoolsByUrn(clients, [...list.cases.map(({ urn }) => urn), point.breakdown.code === 'school' ? Number(point.value) : 0]),
      peopleById(clients, list.cases.map(({ recordedBy }) => recordedBy)),
    ])
    const rows = list.cases.map(one => presentCase(one, { pupils, schools, people, reasons }))
    const view = casesView({ rows, total: list.total, point, names: { schools, reasons }, placeName: places.nameOf(point.place), query, paging, nextToken: list.nextPageToken, back: trendsPath(request), here: request.originalUrl })
    render(response, 'exclusions/trends/cases/page', view)
  }
}
