import type { RequestHandler } from 'express'
import { can, type Person } from '../../../auth/person'
import { isCorrectable } from '../../../clients/problems'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { checkSearch } from './form'
import { presentSearch } from './presenter'
import { searchView } from './view'

export function showSearch({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, ['q', 'page', 'trail'])
    const paging = readPaging(query)
    const person = response.locals.user as Person
    const errors = checkSearch(request.query.q)
    const asked = query.q !== undefined && Object.keys(errors).length === 0
    const found = asked
      ? await clients.registry.searchPupils({ query: query.q, pageSize: 25, pageToken: paging.token }).catch((error: unknown) => {
          if (!isCorrectable(error)) throw error
          return undefined
        })
      : undefined
    const schools = await schoolsByUrn(clients, found?.pupils.map(pupil => pupil.urn) ?? [])
    const page = presentSearch(found, schools, can(person, 'seePupils'), request.originalUrl)
    render(response, 'pupils/search/page', searchView(page, query, paging, found?.nextPageToken ?? '', errors))
  }
}
