import { hasErrors, type FieldErrors } from '../../../../components/errors'
import { longText, radios } from '../../../../components/forms'
import { pageView } from '../../../../components/pageView'
import { href } from '../../../../components/query'
import { summaryRows } from '../../../../components/summary'
import { number, tag, text } from '../../../../components/tables'
import { riskDecisions } from '../../../../text/risk'
import { reasonLimit, type Decided } from './form'
import type { ProposalFacts, Working } from './presenter'

// Every fact with its weight and what would change it; those that bring nothing last.
function workingTable({ shares }: Working, caption: string) {
  return {
    caption,
    captionClasses: 'govuk-visually-hidden',
    firstCellIsHeader: true,
    head: [text('Fact'), number('Points'), text('What would change it')],
    rows: shares.map(({ fact, points, toChange }) => [text(fact), number(String(points)), text(toChange)]),
  }
}

function form(facts: ProposalFacts, decided: Decided | undefined, errors: FieldErrors, action: string) {
  if (!facts.mayDecide) return undefined
  return {
    action,
    version: String(facts.version),
    score: String(facts.latest.score),
    heading: facts.open ? 'What should happen?' : 'Decide again',
    decision: radios(
      { name: 'decision', label: 'Your decision', errors },
      riskDecisions.map(({ code, text: words, hint }) => ({ value: code, text: words, hint })),
      decided?.decision ?? '',
    ),
    reason: longText({ name: 'reason', label: 'Why?', hint: 'Inclusion officers and the pupil’s school can read this.', errors }, decided?.reason ?? '', reasonLimit),
  }
}

export function proposalView(facts: ProposalFacts, decided: Decided | undefined, errors: FieldErrors, back: string, here: string) {
  return {
    ...pageView(`Help is proposed: ${facts.pupil}`, { back: { href: back, text: 'Proposals' }, errors: hasErrors(errors) ? errors : undefined }),
    stateTag: tag(facts.state.text, facts.state.colour),
    lapsed: facts.lapsed,
    rows: summaryRows(facts.rows),
    score: facts.latest.score,
    threshold: facts.latest.threshold,
    working: workingTable(facts.latest, 'Facts, what they weigh, and what would change it'),
    first: facts.first && { at: facts.first.at, score: facts.first.score, table: workingTable(facts.first, 'Facts when help was proposed') },
    decisions: facts.decisions,
    form: form(facts, decided, errors, here),
    pupilHref: href(`/pupils/${facts.pupilId}`, { from: here }),
  }
}
