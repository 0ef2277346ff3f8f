import type { GetPlacementCountsResponse } from '../../../gen/pathways/panel/v1/placed_pb'
import { can, isSchool, type Person } from '../../auth/person'
import { item, type WorkItem } from './workItem'

// Of placements and returns to school: what waits for this person's own answer first.
export function placementWork(person: Person, counts: GetPlacementCountsResponse): WorkItem[] {
  const own = isSchool(person) || person.roles.includes('provider')
  return [
    own
      ? item(counts.toAnswer, ['place asked of you', 'places asked of you'], '/panel/placements?state=offered', true)
      : item(counts.offers, ['offer waits for an answer', 'offers wait for an answer'], '/panel/placements?state=offered'),
    item(counts.startsOverdue, ['pupil not there on the day planned', 'pupils not there on the day planned'], '/panel/placements?state=accepted', true),
    item(counts.reviewsOverdue, ['review of a placement overdue', 'reviews of placements overdue'], '/panel/placements?show=review_overdue', true),
    item(counts.placed, ['pupil in a placement', 'pupils in placements'], '/panel/placements?state=started'),
    ...(can(person, 'writeReturns') ? [item(counts.plansInDraft, ['plan for a return not agreed yet', 'plans for returns not agreed yet'], '/panel/returns?state=draft')] : []),
    item(counts.returnsComing, ['pupil is to come back to school', 'pupils are to come back to school'], '/panel/returns?state=agreed'),
    item(counts.returnReviewsOverdue, ['review of a return overdue', 'reviews of returns overdue'], '/panel/returns?show=review_overdue', true),
  ]
}
