import type { RequestHandler } from 'express'
import type { Person } from '../../../auth/person'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { peopleById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { listImports, type ImportKind } from '../kinds'
import { presentImport } from '../presenter'
import { importsView } from './view'

export function showImports({ clients }: Services, kind: ImportKind): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, ['page', 'trail'])
    const paging = readPaging(query)
    const list = await listImports(clients, kind, { pageSize: 20, pageToken: paging.token })
    const [schools, people] = await Promise.all([
      schoolsByUrn(clients, list.imports.map(({ urn }) => urn)),
      peopleById(clients, list.imports.map(({ personId }) => personId)),
    ])
    const rows = list.imports.map(report => presentImport(report, schools, people))
    render(response, 'imports/list/page', importsView(kind, response.locals.user as Person, rows, query, paging, list.nextPageToken))
  }
}
