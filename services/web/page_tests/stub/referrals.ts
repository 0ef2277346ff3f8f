import { clone, create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import {
  Decision,
  ProposalSchema,
  ProposalState,
  RequestSchema,
  RequestState,
  SectionSchema,
  TimelineEntrySchema,
  type ReferralsService,
  type Request,
} from '../../gen/pathways/referrals/v1/service_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { checkPage } from '../../server/requestForm/answers'
import { draftSections, findSection, pagesAsked } from '../../server/requestForm/definition'
import { isPersistent, isSevere, sumsOf } from './data'
import { accessEntries } from './registry'
import { enter, notFound, pageOf, sees, violations, type World } from './world'

const at = '2026-11-24T09:15:00Z'
const today = '2026-11-24'
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

export function seedProposals(world: World): void {
  world.proposals = world.pupils
    .filter(pupil => isPersistent(sumsOf(pupil.days)))
    .map(pupil => {
      const sums = sumsOf(pupil.days)
      return create(ProposalSchema, {
        proposalId: `proposal-${pupil.pupilId}`,
        pupilId: pupil.pupilId,
        urn: pupil.urn,
        laCode: 999,
        kind: isSevere(sums) ? 'severe' : 'persistent',
        day: '2026-11-19',
        sessionsPossible: sums.possible,
        sessionsAbsent: sums.authorised + sums.unauthorised,
        sessionsUnauthorised: sums.unauthorised,
        state: ProposalState.OPEN,
        raisedAt: '2026-11-20T08:31:00Z',
        enrolmentId: pupil.enrolmentId,
        traceId: trace,
      })
    })
    .sort((one, other) => Number(other.kind === 'severe') - Number(one.kind === 'severe'))
  for (const proposal of world.proposals) note(world, proposal.pupilId, { kind: 'proposal_raised', at: proposal.raisedAt, urn: proposal.urn, proposalId: proposal.proposalId, proposal })
}

type Note = Partial<Omit<ReturnType<typeof create<typeof TimelineEntrySchema>>, '$typeName'>>

function note(world: World, pupilId: string, entry: Note): void {
  world.timeline.unshift(Object.assign(create(TimelineEntrySchema, { at, traceId: trace, ...entry }), { pupilId }))
}

function isComplete(name: string, request: Request): boolean {
  const section = findSection(name)
  const stored = request.sections.find(one => one.name === name)
  if (!section || !stored) return false
  const answers = Object.fromEntries(stored.answers.map(({ key, value }) => [key, value]))
  if (name === 'consent' && answers.consent_given !== 'yes') return false
  if (name === 'risk' && answers.immediate_danger !== 'no') return false
  return pagesAsked(section, answers).every(page => Object.keys(checkPage(page, answers, today, true)).length === 0)
}

function facts(world: World, pupilId: string, proposalId: string) {
  const pupil = world.pupils.find(one => one.pupilId === pupilId)
  const proposal = world.proposals.find(one => one.proposalId === proposalId)
  const fact = (key: string, value: string, source: string) => ({ key, value, source, knownAt: at })
  return [
    fact('year_group', pupil?.yearGroup ?? '', 'registry'),
    fact('sen_provision', pupil?.senProvision ?? '', 'registry'),
    fact('pupil_premium', pupil?.pupilPremium ? 'true' : 'false', 'registry'),
    ...(proposal
      ? [
          fact('proposal_kind', proposal.kind, 'attendance'),
          fact('sessions_possible', String(proposal.sessionsPossible), 'attendance'),
          fact('sessions_absent', String(proposal.sessionsAbsent), 'attendance'),
          fact('sessions_unauthorised', String(proposal.sessionsUnauthorised), 'attendance'),
        ]
      : []),
  ]
}

export function referrals(world: World): Partial<ServiceImpl<typeof ReferralsService>> {
  function find(person: DemoPerson, requestId: string): Request {
    const found = world.requests.get(requestId)
    if (!found || !sees(person, found.urn)) throw notFound('request')
    return found
  }
  // A changed copy with the next version; another version than the caller saw is refused.
  function change(person: DemoPerson, requestId: string, version: bigint, apply: (request: Request) => void): Request {
    const found = find(person, requestId)
    if (found.version !== version) throw new ConnectError('changed since', Code.Aborted)
    const next = clone(RequestSchema, found)
    apply(next)
    next.version += 1n
    next.updatedAt = at
    next.updatedBy = person.sub
    world.requests.set(requestId, next)
    return next
  }
  function tell(person: DemoPerson, request: Request, kind: string, words = ''): void {
    note(world, request.pupilId, { kind, personId: person.sub, role: person.roles[0], urn: request.urn, requestId: request.requestId, note: words })
  }
  return {
    listProposals(request, context) {
      const person = enter(world, 'referrals', context)
      const all = world.proposals.filter(
        proposal =>
          sees(person, proposal.urn) &&
          proposal.state === (request.state || ProposalState.OPEN) &&
          (!request.kind || proposal.kind === request.kind) &&
          (!request.urn || proposal.urn === request.urn),
      )
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { proposals: rows, nextPageToken, total: BigInt(all.length) }
    },
    getProposal(request, context) {
      const person = enter(world, 'referrals', context)
      const proposal = world.proposals.find(one => one.proposalId === request.proposalId && sees(person, one.urn))
      if (!proposal) throw notFound('proposal')
      return { proposal }
    },
    dismissProposal(request, context) {
      const person = enter(world, 'referrals', context)
      const proposal = world.proposals.find(one => one.proposalId === request.proposalId)
      if (!proposal) throw notFound('proposal')
      if (request.reason.includes('refuse me')) throw violations(Code.InvalidArgument, { reason: 'Say what the school does instead' })
      proposal.state = ProposalState.DISMISSED
      proposal.dismissedReason = request.reason
      note(world, proposal.pupilId, { kind: 'proposal_dismissed', personId: person.sub, role: person.roles[0], urn: proposal.urn, proposalId: proposal.proposalId, note: request.reason })
      return { proposal }
    },
    createRequest(request, context) {
      const person = enter(world, 'referrals', context)
      const known = world.requests.get(request.requestId)
      if (known) return { request: known }
      const made = create(RequestSchema, {
        requestId: request.requestId,
        reference: `EH-7K3M-${String(world.requests.size + 1).padStart(2, '0')}`,
        pupilId: request.pupilId,
        urn: request.urn,
        laCode: 999,
        state: RequestState.DRAFT,
        version: 1n,
        facts: facts(world, request.pupilId, request.proposalId),
        createdBy: person.sub,
        createdAt: at,
        updatedAt: at,
        updatedBy: person.sub,
        proposalId: request.proposalId,
      })
      world.requests.set(made.requestId, made)
      const proposal = world.proposals.find(one => one.proposalId === request.proposalId)
      if (proposal) Object.assign(proposal, { state: ProposalState.TAKEN_UP, requestId: made.requestId })
      tell(person, made, 'request_started')
      return { request: made }
    },
    saveSection(request, context) {
      const person = enter(world, 'referrals', context)
      if (request.section?.answers.some(({ value }) => value.includes('refuse me'))) {
        throw violations(Code.InvalidArgument, { [`section.answers.${request.section.answers[0]?.key}`]: 'Write it in other words' })
      }
      const saved = change(person, request.requestId, request.version, draft => {
        const others = draft.sections.filter(({ name }) => name !== request.section?.name)
        draft.sections = [...others, create(SectionSchema, request.section)]
        for (const section of draft.sections) section.complete = isComplete(section.name, draft)
        const reason = draft.sections.find(({ name }) => name === 'reason')
        draft.mainReason = reason?.answers.find(({ key }) => key === 'main_reason')?.value ?? ''
      })
      return { request: saved }
    },
    getRequest(request, context) {
      return { request: find(enter(world, 'referrals', context), request.requestId) }
    },
    listRequests(request, context) {
      const person = enter(world, 'referrals', context)
      const all = [...world.requests.values()].filter(
        one =>
          sees(person, one.urn) &&
          (request.states.length === 0 || request.states.includes(one.state)) &&
          (!request.urn || one.urn === request.urn) &&
          (!request.workerId || one.workerId === request.workerId) &&
          (!request.pupilId || one.pupilId === request.pupilId) &&
          (!request.overdue || (one.state === RequestState.SUBMITTED && one.decisionDue < today)),
      )
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { requests: rows, nextPageToken, total: BigInt(all.length) }
    },
    submitRequest(request, context) {
      const person = enter(world, 'referrals', context)
      const missing = draftSections.filter(({ name }) => !isComplete(name, find(person, request.requestId)))
      if (missing.length > 0) throw violations(Code.FailedPrecondition, Object.fromEntries(missing.map(({ name, title }) => [name, `Complete “${title}”`])))
      const before = find(person, request.requestId).state
      const sent = change(person, request.requestId, request.version, draft => {
        Object.assign(draft, { state: RequestState.SUBMITTED, submittedAt: at, decisionDue: '2026-11-27' })
      })
      tell(person, sent, before === RequestState.MORE_ASKED ? 'more_information_given' : 'request_submitted')
      return { request: sent }
    },
    withdrawRequest(request, context) {
      const person = enter(world, 'referrals', context)
      const withdrawn = change(person, request.requestId, request.version, one => {
        one.state = RequestState.WITHDRAWN
      })
      tell(person, withdrawn, 'request_withdrawn', request.reason)
      return { request: withdrawn }
    },
    decideRequest(request, context) {
      const person = enter(world, 'referrals', context)
      if (request.note.includes('refuse me')) throw violations(Code.InvalidArgument, { note: 'Write it in other words' })
      const [state, kind] = (
        {
          [Decision.ASK_FOR_MORE]: [RequestState.MORE_ASKED, 'more_information_asked'],
          [Decision.REDIRECT]: [RequestState.REDIRECTED, 'request_redirected'],
          [Decision.DECLINE]: [RequestState.DECLINED, 'request_declined'],
          [Decision.ACCEPT]: [request.workerId ? RequestState.ALLOCATED : RequestState.ACCEPTED, 'request_accepted'],
          [Decision.UNSPECIFIED]: [RequestState.SUBMITTED, ''],
        } as const
      )[request.decision]
      const decided = change(person, request.requestId, request.version, one => {
        Object.assign(one, { state, decisionNote: request.note, decisionCode: request.code, workerId: request.workerId })
        one.sections = one.sections.filter(({ name }) => name !== 'answer')
      })
      tell(person, decided, kind, request.note)
      return { request: decided }
    },
    allocateRequest(request, context) {
      const person = enter(world, 'referrals', context)
      const held = change(person, request.requestId, request.version, one => {
        Object.assign(one, { state: RequestState.ALLOCATED, workerId: request.workerId })
      })
      tell(person, held, 'request_allocated')
      return { request: held }
    },
    listTimeline(request, context) {
      enter(world, 'referrals', context)
      const { rows, nextPageToken } = pageOf(world.timeline.filter(({ pupilId }) => pupilId === request.pupilId), request.pageSize, request.pageToken)
      return { entries: rows, nextPageToken }
    },
    getWorkCounts(_request, context) {
      const person = enter(world, 'referrals', context)
      const proposals = world.proposals.filter(one => one.state === ProposalState.OPEN && sees(person, one.urn))
      const requests = [...world.requests.values()].filter(({ urn }) => sees(person, urn))
      const count = (state: RequestState) => BigInt(requests.filter(one => one.state === state).length)
      return {
        proposalsOpen: BigInt(proposals.length),
        proposalsSevere: BigInt(proposals.filter(({ kind }) => kind === 'severe').length),
        drafts: count(RequestState.DRAFT),
        submitted: count(RequestState.SUBMITTED),
        overdue: BigInt(requests.filter(one => one.state === RequestState.SUBMITTED && one.decisionDue < today).length),
        moreAsked: count(RequestState.MORE_ASKED),
        unallocated: count(RequestState.ACCEPTED),
        mine: BigInt(requests.filter(({ workerId }) => workerId === person.sub).length),
      }
    },
    listAccessHistory(request, context) {
      enter(world, 'referrals', context)
      const { rows, nextPageToken } = pageOf(accessEntries('referrals', 5), request.pageSize, request.pageToken)
      return { entries: rows, nextPageToken }
    },
  }
}
