import type { GetRiskWeightsResponse, RiskWeightsVersion } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import type { Person } from '../../../../auth/person'
import { lineChart } from '../../../../charts/lines'
import { hasErrors, errorMessage, type FieldErrors } from '../../../../components/errors'
import { longText } from '../../../../components/forms'
import { pageView } from '../../../../components/pageView'
import { escape, number, text } from '../../../../components/tables'
import { dateTime } from '../../../../text/dates'
import { riskFactors } from '../../../../text/risk'
import { exclusionTabs } from '../../tabs'
import { riskLinks } from '../links'
import { lines, shownSteps, type Typed } from './form'
import { differences, presentWeights, type Counts, type Rehearsal } from './presenter'

const path = '/exclusions/risk/weights'
export const reasonLimit = 2000

function weightsTable(version: RiskWeightsVersion | undefined) {
  return {
    caption: 'Facts and their points',
    captionClasses: 'govuk-visually-hidden',
    firstCellIsHeader: true,
    head: [text('Fact'), text('Points')],
    rows: presentWeights(version?.weights).map(({ name, steps }) => [text(name), { html: steps.map(escape).join('<br>') || 'no points' }]),
  }
}

function switched({ number: which, switchedOnAt, switchedOnBy, reason }: RiskWeightsVersion, people: Map<string, string>) {
  const title = which === 0 ? 'The usual weights Pathways begins with' : `Weights ${which}`
  return { title, when: switchedOnAt === '' ? '' : `Switched on ${dateTime(switchedOnAt)} by ${people.get(switchedOnBy) ?? 'a manager'}`, reason }
}

export function weightsView(found: GetRiskWeightsResponse, people: Map<string, string>, person: Person) {
  const { draft, current } = found
  return {
    ...pageView('How facts are weighed'),
    tabs: exclusionTabs(person, 'risk'),
    links: riskLinks(person, 'weights'),
    current: current && switched(current, people),
    table: weightsTable(current),
    mayChange: found.mayChange,
    draft: draft && {
      when: dateTime(draft.updatedAt),
      by: people.get(draft.updatedBy) ?? 'A manager',
      same: differences(current?.weights, draft.weights).length === 0,
    },
    history: found.history.slice(1).map(version => ({ ...switched(version, people), table: weightsTable(version) })),
  }
}

function box(name: string, label: string, typed: Typed, errors: FieldErrors, hidden = false) {
  return {
    id: name,
    name,
    label: { text: label, classes: hidden ? 'govuk-visually-hidden' : '' },
    value: typed[name] ?? '',
    inputmode: 'numeric',
    spellcheck: false,
    autocomplete: 'off',
    classes: 'govuk-input--width-3',
    errorMessage: errorMessage(errors, name),
  }
}

export function draftView(typed: Typed, version: bigint, errors: FieldErrors) {
  return {
    ...pageView('Draft of weights', { back: { href: path, text: 'How facts are weighed' }, errors: hasErrors(errors) ? errors : undefined }),
    action: `${path}/draft`,
    version: String(version),
    facts: riskFactors.map(factor => ({
      name: factor.text,
      unit: factor.unit,
      steps: shownSteps(factor, typed).map((step, index) => ({
        least: factor.unit === undefined ? undefined : box(step.least, `${index === 0 ? 'From' : 'Then from'} how many ${factor.unit.replace('% of sessions', 'per cent')} on`, typed, errors),
        points: box(step.points, 'Points', typed, errors),
      })),
    })),
    lines: lines.map(({ key, label }) => box(key, label, typed, errors)),
  }
}

function countCells({ before, after, added, removed }: Counts) {
  return [before, after, added, removed].map(number)
}

const countHead = ['With the weights that are on', 'With the draft', 'Only with the draft', 'No longer'].map(number)

function sums(months: Rehearsal['months'], of: (month: Rehearsal['months'][number]) => number): number[] {
  let sum = 0
  return months.map(month => (sum += of(month)))
}

export function rehearsalView(rehearsal: Rehearsal, years: { value: string; text: string; selected: boolean }[]) {
  const { months } = rehearsal
  return {
    ...pageView('What the draft would have proposed', { back: { href: path, text: 'How facts are weighed' } }),
    path: `${path}/rehearsal`,
    selects: [{ id: 'year', name: 'year', label: { text: 'School year' }, items: years }],
    filtered: false,
    year: rehearsal.year,
    pupils: rehearsal.pupils,
    lacks: rehearsal.lacks,
    total: rehearsal.total,
    chart: lineChart(
      { title: 'Pupils for whom help would have been proposed', subtitle: `By the end of each month of ${rehearsal.year}, each pupil once` },
      months.map(({ label }) => ({ label, unfinished: false })),
      [
        { name: 'The draft', values: sums(months, ({ after }) => after) },
        { name: 'The weights that are on', values: sums(months, ({ before }) => before) },
      ],
    ),
    monthTable: {
      caption: 'Proposals by month: pupils first proposed by its end',
      captionClasses: 'govuk-visually-hidden',
      firstCellIsHeader: true,
      head: [text('First proposed by the end of'), number('With the weights that are on'), number('With the draft')],
      rows: months.map(({ label, before, after }) => [text(label), number(String(before)), number(String(after))]),
    },
    schoolTable: {
      caption: 'Proposals by school',
      captionClasses: 'govuk-visually-hidden',
      classes: 'app-trend',
      firstCellIsHeader: true,
      head: [text('School'), ...countHead],
      rows: [
        [text('All schools'), ...countCells(rehearsal.total)],
        [text('Year 6 and below'), ...countCells(rehearsal.primary)],
        [text('Above year 6'), ...countCells(rehearsal.secondary)],
        ...rehearsal.schools.map(school => [text(school.name), ...countCells(school)]),
      ],
    },
  }
}

export function switchView(changes: ReturnType<typeof differences>, version: bigint, reason: string, errors: FieldErrors) {
  return {
    ...pageView('Switch the draft on', { back: { href: `${path}/rehearsal`, text: 'What the draft would have proposed' }, errors: hasErrors(errors) ? errors : undefined }),
    caption: 'How facts are weighed',
    intro:
      changes.length === 0
        ? 'The draft is the same as the weights that are on.'
        : `It changes: ${changes.map(({ name }) => name.charAt(0).toLowerCase() + name.slice(1)).join('; ')}. The facts of every pupil are then weighed anew. Proposals that are open follow; what people decided stays.`,
    action: `${path}/switch-on`,
    version: String(version),
    questions: [{ kind: 'text', args: longText({ name: 'reason', label: 'Why are the weights changed?', hint: 'It stays in the history of the weights.', errors }, reason, reasonLimit) }],
    submit: { text: 'Switch it on' },
  }
}
