import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { ProposalSchema, ProposalState } from '../../../gen/pathways/referrals/v1/service_pb'
import { PupilNameSchema } from '../../../gen/pathways/registry/v1/service_pb'
import { readPaging } from '../../components/pagination'
import { presentProposal } from './list/presenter'
import { proposalsView } from './list/view'
import { notNeededView } from './notNeeded/view'
import { presentProposalPage } from './proposal/presenter'
import { proposalView } from './proposal/view'

const proposal = create(ProposalSchema, {
  proposalId: 'x1',
  pupilId: 'p1',
  urn: 900001,
  kind: 'persistent',
  day: '2026-11-19',
  sessionsPossible: 80n,
  sessionsAbsent: 8n,
  sessionsUnauthorised: 3n,
  state: ProposalState.OPEN,
  raisedAt: '2026-11-20T08:31:00Z',
})
const pupil = create(PupilNameSchema, { pupilId: 'p1', surname: 'Nowak', forename: 'Ella', yearGroup: '8' })
const pupils = new Map([['p1', pupil]])
const schools = new Map([[900001, 'Millbrook']])

describe('Proposals', () => {
  test('tell the figures that made them', () => {
    expect(presentProposal(proposal, pupils, schools)).toMatchObject({ missed: '8 of 80', absence: '10.0%' })
    const unauthorised = create(ProposalSchema, { kind: 'unauthorised_10_in_10_weeks', sessionsUnauthorised: 11n })
    expect(presentProposal(unauthorised, pupils, schools)).toMatchObject({ missed: '11 unauthorised', absence: '' })
  })
  test('have a column for the school only where there are several', () => {
    const rows = [presentProposal(proposal, pupils, schools)]
    const head = (options: { value: string; text: string }[]) => proposalsView(rows, 1, {}, readPaging({}), '', options, '/proposals').table.head.map(({ text }) => text)
    expect(head([])).not.toContain('School')
    expect(head([{ value: '900001', text: 'Millbrook' }])).toContain('School')
  })
  test('are open ones unless another state is asked for', () => {
    const [state] = proposalsView([], 0, {}, readPaging({}), '', [], '/proposals').selects
    expect(state?.items.find(({ selected }) => selected)?.text).toBe('To decide')
  })
})

describe('A proposal', () => {
  const page = presentProposalPage(proposal, pupil, 'Millbrook')
  test('explains itself', () => {
    expect(page.title).toBe('Persistently absent: Ella Nowak')
    expect(page.meaning).toContain('10% or more')
    expect(page.facts).toContainEqual({ label: 'Sessions missed', value: '8 of 80 possible (10.0%)' })
  })
  test('keeps the filters of the list through the question why not', () => {
    const view = proposalView(page, { ask: undefined, dismiss: true }, '/proposals?kind=severe', '/proposals/x1')
    expect(view.dismissHref).toBe('/proposals/x1/not-needed?from=%2Fproposals%3Fkind%3Dsevere')
    expect(view.newRequestId).toBeUndefined()
  })
  test('shows what was typed beside what is wrong', () => {
    const view = notNeededView('x1', 'Ella Nowak', 'no', { reason: 'Write at least a few words' }, '')
    expect(view.reason).toMatchObject({ value: 'no', errorMessage: { text: 'Write at least a few words' } })
  })
})
