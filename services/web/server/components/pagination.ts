import { href, type Query } from './query'

// Services page with opaque tokens, forward only. The tokens of the pages before travel in the address ("trail"), so
// that "Previous" works without state and a page can be bookmarked.
export interface Paging {
  token: string
  trail: string[]
}

export function readPaging(query: Query): Paging {
  const trail = query.trail ? query.trail.split('~') : []
  return { token: query.page ?? '', trail: trail.map(token => (token === 'first' ? '' : token)) }
}

// Arguments of govukPagination; undefined when there is one page only.
export function pagination(path: string, query: Query, paging: Paging, nextToken: string) {
  if (nextToken === '' && paging.token === '') return undefined
  const filters: Record<string, string | undefined> = { ...query, page: undefined, trail: undefined }
  const before = paging.trail.at(-1)
  const write = (trail: string[]) => trail.map(token => (token === '' ? 'first' : token)).join('~')
  return {
    previous:
      before === undefined
        ? undefined
        : { href: href(path, { ...filters, page: before, trail: write(paging.trail.slice(0, -1)) }) },
    next: nextToken === '' ? undefined : { href: href(path, { ...filters, page: nextToken, trail: write([...paging.trail, paging.token]) }) },
  }
}
