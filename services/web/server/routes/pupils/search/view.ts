import { errorMessage, type FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import type { Query } from '../../../components/query'
import { link, text } from '../../../components/tables'
import type { FoundPupil } from './presenter'

export function searchView(pupils: FoundPupil[] | undefined, query: Query, paging: Paging, nextToken: string, errors: FieldErrors) {
  return {
    ...pageView('Find a pupil', { errors }),
    searched: pupils !== undefined,
    empty: pupils?.length === 0,
    input: {
      id: 'q',
      name: 'q',
      type: 'search',
      label: { text: 'Name or UPN' },
      hint: { text: 'At least 2 letters of a first name or surname, or a whole UPN' },
      value: query.q,
      spellcheck: false,
      autocomplete: 'off',
      errorMessage: errorMessage(errors, 'q'),
    },
    table: {
      caption: 'Pupils found',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'Pupil' }, { text: 'Year group' }, { text: 'School' }, { text: 'UPN' }],
      rows: (pupils ?? []).map(pupil => [link(pupil.href, pupil.name), text(pupil.yearGroup), text(pupil.school), text(pupil.upn)]),
    },
    pagination: pagination('/pupils', query, paging, nextToken),
  }
}
