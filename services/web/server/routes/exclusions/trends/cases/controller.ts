import type { RequestHandler } from 'express'
import { SchoolTerm } from '../../../../../gen/pathways/exclusions/v1/trends_pb'
import type { Person } from '../../../../auth/person'
import { readPaging } from '../../../../components/pagination'
import { readQuery, type Query } from '../../../../components/query'
import { render } from '../../../../components/render'
import { peopleById, pupilsById, schoolsByUrn } from '../../../../services/names'
import type { Services } from '../../../../services'
import { today } from '../../../../text/dates'
import { parameters as ofTrends, readQuestion } from '../form'
import { placesOf, scopeOf } from '../place'
import { presentCase, type Point } from './presenter'
import { casesView } from './view'

const parameters = [...ofTrends, 'year', 'term', 'value', 'page', 'trail'] as const

function readPoint(query: Query, person: Person, day: string): Point {
  const term = Number(query.term)
  return {
    question: readQuestion(query, person, day),
    year: Number(query.year) || 0,
    term: term in SchoolTerm ? term : SchoolTerm.UNSPECIFIED,
    value: query.value ?? '',
  }
}

// The exclusions a number of the trend is made of.
export function showCases({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, parameters)
    const paging = readPaging(query)
    const point = readPoint(query, person, today(now()))
    const { question } = point
    const [list, { reasons }, places] = await Promise.all([
      clients.trends.listTrendCases({
        scope: scopeOf(question.place, question.laCode),
        academicYear: point.year,
        term: point.term,
        by: question.breakdown.by,
        value: point.value,
        measure: question.measure.cases,
        pageSize: 50,
        pageToken: paging.token,
      }),
      clients.exclusions.listReasons({}),
      placesOf(clients, person),
    ])
    const [pupils, schools, people] = await Promise.all([
      pupilsById(clients, list.cases.map(({ pupilId }) => pupilId)),
      schoolsByUrn(clients, [...list.cases.map(({ urn }) => urn), question.breakdown.code === 'school' ? Number(point.value) : 0]),
      peopleById(clients, list.cases.map(({ recordedBy }) => recordedBy)),
    ])
    const rows = list.cases.map(one => presentCase(one, { pupils, schools, people, reasons }))
    const view = casesView({ rows, total: list.total, point, names: { schools, reasons }, placeName: places.nameOf(question.place), query, paging, nextToken: list.nextPageToken, here: request.originalUrl })
    render(response, 'exclusions/trends/cases/page', view)
  }
}
