import type { RequestHandler } from 'express'
import type { Person } from '../../../auth/person'
import { fileDeadlineMs } from '../../../clients/clients'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { sendFile } from '../../../components/sendFile'
import { schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { fromYear, parameters, readQuestion, type Question } from './form'
import { placesOf, scopeOf } from './place'
import { presentTrend } from './presenter'
import { trendView } from './view'

function ask(question: Question) {
  return { scope: scopeOf(question.place, question.laCode), fromYear: fromYear(question), toYear: question.to, byTerm: question.byTerm, by: [question.breakdown.by] }
}

// How exclusions develop: a chart and its table, every number with the cases behind it.
export function showTrends({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, parameters)
    const day = today(now())
    const question = readQuestion(query, person, day)
    const [found, { reasons }, places] = await Promise.all([
      clients.trends.getTrend(ask(question)),
      question.breakdown.code === 'reason' ? clients.exclusions.listReasons({}) : { reasons: [] },
      placesOf(clients, person),
    ])
    const schools = question.breakdown.code === 'school' ? await schoolsByUrn(clients, found.series.map(({ value }) => Number(value))) : new Map<number, string>()
    const trend = presentTrend(found, question, { schools, reasons })
    render(response, 'exclusions/trends/page', trendView({ trend, question, person, query, places: places.options, placeName: places.nameOf(question.place), today: day }))
  }
}

// The same figures as a file.
export function downloadTrends({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const question = readQuestion(readQuery(request, parameters), response.locals.user as Person, today(now()))
    await sendFile(response, clients.trends.exportTrend({ trend: ask(question) }, { timeoutMs: fileDeadlineMs }), 'trends.csv')
  }
}
