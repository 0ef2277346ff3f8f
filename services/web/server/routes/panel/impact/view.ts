import { EffectMeasure, type CaseTimes, type Durations, type Effect, type GetEffectsResponse, type GetFairnessResponse, type GetReturnsResponse } from '../../../../gen/pathways/panel/v1/impact_pb'
import { DecisionKind, Phase } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { rangeChart, type Range } from '../../../charts/ranges'
import { pageView } from '../../../components/pageView'
import { href, type Query } from '../../../components/query'
import { number, text, type Cell } from '../../../components/tables'
import { longDay } from '../../../text/dates'
import { plural } from '../../../text/figures'
import { phaseName } from '../../../text/panel'
import { panelTabs } from '../tabs'
import { periodSelect } from './form'
import { kindName, measures, signed, verdictWords } from './words'

const pages = [
  { path: '/panel/impact', text: 'Places and times', ability: 'seeImpact' },
  { path: '/panel/impact/effects', text: 'Before and after', ability: 'seeEffects' },
  { path: '/panel/impact/returns', text: 'Returns to school', ability: 'seeEffects' },
] as const
export type ImpactPath = (typeof pages)[number]['path']

export interface Page {
  person: Person
  query: Query
  today: string
}

const hidden = 'hidden'

function table(caption: string, head: Cell[], rows: Cell[][]) {
  return { caption, captionClasses: 'govuk-table__caption--m', head, rows }
}

// The same on every page about the impact.
function frame(title: string, path: ImpactPath, { person, query, today }: Page, span?: { from: string; to: string }) {
  return {
    ...pageView(title),
    tabs: panelTabs(person, 'impact'),
    pages: pages.filter(({ ability }) => can(person, ability)).map(one => ({ text: one.text, href: href(one.path, { period: query.period }), active: one.path === path })),
    path,
    filtered: Boolean(query.period),
    selects: [periodSelect(query, today)],
    span: span && `${longDay(span.from)} to ${longDay(span.to)}`,
    download: can(person, 'exportFigures') ? href('/panel/impact.csv', { period: query.period }) : undefined,
  }
}

function groupName({ phase, kind }: CaseTimes): string {
  if (phase !== Phase.UNSPECIFIED) return `${phaseName(phase)} panel`
  return kind === DecisionKind.UNSPECIFIED ? 'All cases' : kindName(kind)
}

function durationWords(days: Durations | undefined, casework: boolean): string {
  if (days?.suppressed) return hidden
  if (!days || days.cases === 0) return 'none'
  const median = Number(days.medianDays)
  return casework ? `${median} (${days.shortestDays} to ${days.longestDays})` : String(median)
}

function durationCells(days: Durations | undefined, casework: boolean): Cell[] {
  return [number(days?.suppressed ? hidden : String(days?.cases ?? 0)), number(durationWords(days, casework))]
}

function timesTable({ times, casework }: GetFairnessResponse) {
  const waits = (one: CaseTimes, value: number) => number(one.waitingSuppressed ? hidden : String(value))
  return table(
    'From referral to decision to start: calendar days, middle (shortest to longest)',
    [text('Cases referred'), ...['Decided', 'Days to decision', 'Started', 'Days to start', 'Undecided', 'Longest wait', 'To start'].map(number)],
    times.map(one => [
      text(groupName(one)),
      ...durationCells(one.toDecision, casework),
      ...durationCells(one.toStart, casework),
      one.kind === DecisionKind.UNSPECIFIED ? waits(one, one.waitingForDecision) : number('–'),
      number(casework && one.waitingForDecision > 0 ? String(one.longestWaitDays) : '–'),
      waits(one, one.waitingForStart),
    ]),
  )
}

function timesRanges({ times }: GetFairnessResponse): Range[] {
  return times.flatMap(one => {
    const days = one.toDecision
    if (!days || days.cases === 0) return []
    return [{ name: groupName(one), words: `${durationWords(days, true)}, ${plural(days.cases, 'case')}`, middle: Number(days.medianDays), low: days.shortestDays, high: days.longestDays }]
  })
}

function sharesTable({ shares, casework }: GetFairnessResponse, schools: Map<number, string>) {
  return table(
    casework ? 'Places taken in by school' : 'Places your school took in',
    [text('School'), text('Panel'), ...['Pupils on roll', 'Taken in', ...(casework ? ['Share by size', 'More or fewer'] : [])].map(number)],
    shares.map(share => [
      text(schools.get(share.urn) ?? `School ${share.urn}`),
      text(phaseName(share.phase)),
      number(String(share.headcount)),
      number(String(share.takenIn)),
      ...(casework ? [number(share.fairShare), number(signed((share.takenIn - Number(share.fairShare)).toFixed(1)))] : []),
    ]),
  )
}

function shareRanges({ shares }: GetFairnessResponse, schools: Map<number, string>): Range[] {
  return shares
    .filter(({ takenIn, fairShare }) => takenIn > 0 || Number(fairShare) >= 0.5)
    .map(share => {
      const fair = Number(share.fairShare)
      return { name: schools.get(share.urn) ?? `School ${share.urn}`, words: `${share.takenIn} taken in, share ${share.fairShare}`, middle: share.takenIn, low: share.takenIn, high: share.takenIn, mark: fair }
    })
}

export function fairnessView(fair: GetFairnessResponse, schools: Map<number, string>, page: Page) {
  const shares = fair.casework && fair.takenIn > 0 ? shareRanges(fair, schools) : []
  const times = fair.casework ? timesRanges(fair) : []
  return {
    ...frame('Impact of the panel: places and times', '/panel/impact', page, fair.span),
    takenIn: fair.takenInSuppressed ? 'Fewer than five pupils were taken in by all schools together.' : `${plural(fair.takenIn, 'pupil was', 'pupils were')} taken in by all schools together, by managed move or fair access place.`,
    hidden: !fair.casework,
    shares: sharesTable(fair, schools),
    shareChart: shares.length > 0 ? rangeChart('shares', { title: 'Places taken in, and the share by size', subtitle: 'Pupils by managed move or fair access place; most above its share first', unit: '', pointName: 'Taken in', markName: 'Share by size' }, shares) : undefined,
    times: timesTable(fair),
    timesChart: times.length > 0 ? rangeChart('times', { title: 'Days from referral to decision', subtitle: 'Calendar days; middle value, shortest to longest', unit: '', pointName: 'Middle', rangeName: 'Shortest to longest' }, times) : undefined,
  }
}

// Percents have one decimal, as everywhere; counts of a pupil two.
function shown(value: string, measure: EffectMeasure): string {
  return value !== '' && measure === EffectMeasure.ATTENDANCE ? (Math.round(Number(value) * 10) / 10).toFixed(1) : value
}

function rangeWords({ difference, low, high, measure }: Effect, points = ''): string {
  const say = (value: string) => signed(shown(value, measure))
  return `${say(difference)}${points} (${say(low)} to ${say(high)})`
}

function effectRow(effect: Effect): Cell[] {
  const range = effect.difference === '' ? '–' : rangeWords(effect)
  const pair = (before: string, after: string) => (before === '' ? '–' : `${shown(before, effect.measure)} to ${shown(after, effect.measure)}`)
  return [text(kindName(effect.kind, effect.tier)), number(String(effect.weeks)), number(`${effect.compared} of ${effect.pupils}`), number(pair(effect.before, effect.after)), number(pair(effect.alikeBefore, effect.alikeAfter)), number(range), text(verdictWords(effect))]
}

function effectRanges(effects: readonly Effect[], points: string): Range[] {
  return effects
    .filter(({ difference }) => difference !== '')
    .map(one => ({
      name: `${kindName(one.kind, one.tier)}, ${one.weeks} weeks`,
      words: `${rangeWords(one, points)}, ${plural(one.compared, 'pupil')}`,
      middle: Number(one.difference),
      low: Number(one.low),
      high: Number(one.high),
    }))
}

export function effectsView(found: GetEffectsResponse | undefined, missing: readonly string[], page: Page) {
  const effects = found?.effects ?? []
  const leftOut = effects.find(({ weeks, withoutMarks, withoutAlike }) => weeks === 12 && withoutMarks + withoutAlike > 0)
  return {
    ...frame('Impact of the panel: before and after', '/panel/impact/effects', page, found?.span),
    missing: missing.join(' and '),
    empty: found !== undefined && found.started === 0,
    started: plural(found?.started ?? 0, 'pupil'),
    leftOut: leftOut && `Of the ${leftOut.pupils} pupils whose 12 weeks are over, ${leftOut.withoutMarks} had too few sessions and ${leftOut.withoutAlike} too few pupils alike to be compared.`,
    measures: measures.flatMap(({ measure, id, title, unit, points }) => {
      const own = effects.filter(one => one.measure === measure)
      if (own.length === 0) return []
      const ranges = effectRanges(own, points)
      return [
        {
          title,
          chart: ranges.length > 0 ? rangeChart(id, { title: `${title}: change against pupils alike`, subtitle: id === 'attendance' ? 'Percentage points of possible sessions attended, after less before, less the same of pupils alike' : 'Suspensions a pupil, after less before, less the same of pupils alike', unit, pointName: 'Mean difference', rangeName: 'Range of 95%', nought: 'No difference' }, ranges) : undefined,
          table: table(
            id === 'attendance' ? 'Attendance, percent of possible sessions; differences with their 95% range' : 'Suspensions a pupil; differences with their 95% range',
            [text('What was decided'), ...['Weeks', 'Compared', 'Before to after', 'Pupils alike', id === 'attendance' ? 'Difference, points' : 'Difference'].map(number), text('What can be said')],
            own.map(one => effectRow(one)),
          ),
        },
      ]
    }),
  }
}

const endReasons: Record<string, string> = { post_16: 'Went on after 16', broke_down: 'Broke down', moved_away: 'Moved away', other: 'Another reason' }

export function returnsView(found: GetReturnsResponse, page: Page) {
  const held = (one: GetReturnsResponse['held'][number]) => {
    if (one.returns === 0) return 'Cannot tell: nobody returned so long ago'
    return one.heldPercent === '' ? 'Cannot tell: at least 10 returns are needed for a share' : `${one.heldPercent}% (${one.low}% to ${one.high}%)`
  }
  return {
    ...frame('Impact of the panel: returns to school', '/panel/impact/returns', page, found.span),
    missing: found.missing.join(' and '),
    returned: `${plural(found.returned, 'pupil')} returned to a mainstream school.`,
    table: table(
      'Returns that held',
      [text('After'), ...['Returns', 'Held', 'Permanently excluded', 'In provision again', 'Not on that school’s roll', 'Share that held (95% range)'].map(number)],
      found.held.map(one => [text(`${one.weeks} weeks`), ...[one.returns, one.held, one.excludedAgain, one.placedAgain, one.leftSchool].map(value => number(String(value))), number(held(one))]),
    ),
    ended: found.endedOtherwise.length > 0 ? table('Placements that ended without a return', [text('Why'), number('Placements')], found.endedOtherwise.map(one => [text(endReasons[one.reason] ?? one.reason), number(String(one.placements))])) : undefined,
  }
}
