import type { Person } from '../../../../auth/person'
import { rangeChart, type Range } from '../../../../charts/ranges'
import { hasErrors, type FieldErrors } from '../../../../components/errors'
import { dayFilter, select } from '../../../../components/forms'
import { pageView } from '../../../../components/pageView'
import type { Query } from '../../../../components/query'
import { number, text } from '../../../../components/tables'
import { exclusionTabs } from '../../tabs'
import { riskLinks } from '../links'
import type { Fairness, Figure, Group } from './presenter'

export interface FairnessPage {
  fairness: Fairness
  person: Person
  query: Query
  draft: boolean
  mayDraft: boolean
  errors: FieldErrors
}

const path = '/exclusions/risk/fairness'

// A group as a line of the chart; nothing where a share is kept back.
function line({ name, pupils, proposed }: Group): Range[] {
  if (proposed.percent === undefined || pupils.percent === undefined) return []
  const words = `${proposed.share} of proposals, ${pupils.share} of pupils`
  return [{ name, words, middle: proposed.percent, low: proposed.percent, high: proposed.percent, mark: pupils.percent }]
}

function cell({ count, share }: Figure) {
  return number(count === share ? count : `${count} (${share})`)
}

function table(name: string, groups: readonly Group[], all: Group) {
  return {
    caption: `${name}: shares of pupils, of proposals and of later exclusions`,
    captionClasses: 'govuk-visually-hidden',
    firstCellIsHeader: true,
    head: [text(name), number('Pupils'), number('Help proposed'), number('Excluded later'), number('Of these permanently'), number('Both')],
    rows: [...groups, all].map(one => [text(one.name), ...[one.pupils, one.proposed, one.later, one.permanent, one.both].map(cell)]),
  }
}

export function fairnessView({ fairness, person, query, draft, mayDraft, errors }: FairnessPage) {
  const lines = fairness.groupings.flatMap(({ groups }) => (groups.length > 1 ? groups.flatMap(line) : []))
  return {
    ...pageView('Whom early intervention picks out', { errors: hasErrors(errors) ? errors : undefined }),
    tabs: exclusionTabs(person, 'risk'),
    links: riskLinks(person, 'fairness'),
    path,
    filtered: Boolean(query.on || query.weights),
    selects: mayDraft ? [select('weights', 'Weights', [{ value: '', text: 'Those that are on' }, { value: 'draft', text: 'The draft' }], draft ? 'draft' : '')] : [],
    days: [dayFilter('on', 'Facts as they were on', query.on ?? fairness.on, errors)],
    day: fairness.day,
    until: fairness.until,
    draft,
    suppressed: fairness.suppressed,
    lacks: fairness.lacks,
    chart:
      lines.length > 0
        ? rangeChart('fairness', { title: 'Each group’s share of proposals against its share of pupils', subtitle: `Facts of ${fairness.day}, ${draft ? 'the draft' : 'the weights that are on'}`, unit: '%', pointName: 'Share of proposals', markName: 'Share of pupils' }, lines)
        : undefined,
    tables: fairness.groupings.map(({ name, groups }) => ({ name, table: table(name, groups, fairness.all) })),
  }
}
