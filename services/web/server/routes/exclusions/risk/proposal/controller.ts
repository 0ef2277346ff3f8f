import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler, Response } from 'express'
import type { GetRiskProposalResponse } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import type { Clients } from '../../../../clients/clients'
import { isConflict, isCorrectable, violationsOf } from '../../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../../components/errors'
import { backTo, onward } from '../../../../components/query'
import { render, seeOther } from '../../../../components/render'
import { renderConflict } from '../../../../services/conflict'
import { peopleById, pupilsById, schoolsByUrn } from '../../../../services/names'
import type { Services } from '../../../../services'
import { riskDecision } from '../../../../text/risk'
import { checkDecided, decisionOf, readDecided, type Decided } from './form'
import { presentProposal } from './presenter'
import { proposalView } from './view'

function idOf(request: Request): string {
  const { proposal } = request.params
  if (typeof proposal !== 'string') throw new ConnectError('no such proposal', Code.NotFound)
  return proposal
}

async function show(clients: Clients, request: Request, response: Response, found: GetRiskProposalResponse, decided?: Decided, errors: FieldErrors = {}): Promise<void> {
  const { pupilId = '', urn = 0, proposalId = '' } = found.proposal ?? {}
  const [pupils, schools, people] = await Promise.all([
    pupilsById(clients, [pupilId]),
    schoolsByUrn(clients, [urn]),
    peopleById(clients, found.decisions.map(({ by }) => by)),
  ])
  const facts = presentProposal(found, pupils.get(pupilId), schools.get(urn) ?? '', people)
  render(response, 'exclusions/risk/proposal/page', proposalView(facts, decided, errors, backTo(request, '/exclusions/risk'), onward(request, `/exclusions/risk/${proposalId}`)))
}

// Why help is proposed, and what was decided.
export function showProposal({ clients }: Services): RequestHandler {
  return async (request, response) => {
    await show(clients, request, response, await clients.risk.getRiskProposal({ proposalId: idOf(request) }))
  }
}

// Somebody else decided first, or the facts became others: both are shown, and either can be chosen.
async function showConflict(clients: Clients, request: Request, response: Response, sent: Decided): Promise<void> {
  const proposalId = idOf(request)
  const { proposal, latest, decisions } = await clients.risk.getRiskProposal({ proposalId })
  const last = decisions[0]
  const points = String(latest?.score ?? 0)
  const here = onward(request, `/exclusions/risk/${proposalId}`)
  await renderConflict(response, clients, {
    what: 'proposal',
    state: last ? riskDecision(last.decision) : '',
    updatedBy: proposal?.updatedBy ?? '',
    updatedAt: proposal?.updatedAt ?? '',
    versions: [
      { question: 'Decision', yours: riskDecision(decisionOf(sent)), theirs: last ? riskDecision(last.decision) : 'Nobody has decided' },
      { question: 'Why', yours: sent.reason, theirs: last?.reason ?? '' },
      ...(sent.score && sent.score !== points ? [{ question: 'Points of the facts', yours: `${sent.score} when you opened the page`, theirs: `${points} now` }] : []),
    ],
    again: { action: here, fields: [['version', String(proposal?.version ?? 0n)], ['score', points], ['decision', sent.decision], ['reason', sent.reason]], text: 'Save mine' },
    keep: { href: here, text: 'See the proposal as it is now' },
  })
}

const done: Record<string, string> = {
  no_action: 'It is kept that nothing more is needed now.',
  school_support: 'It is kept that the school supports the pupil.',
  early_help: 'It is kept that Early Help is asked for. The school starts the request on the pupil’s page.',
  refer_to_panel: 'It is kept that the case goes to the panel.',
}

export function decideProposal({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const proposalId = idOf(request)
    const sent = readDecided(request.body)
    const again = async (errors: FieldErrors) => show(clients, request, response, await clients.risk.getRiskProposal({ proposalId }), sent, errors)
    const errors = checkDecided(sent)
    if (hasErrors(errors)) return again(errors)
    try {
      await clients.risk.decideRiskProposal({ proposalId, version: sent.version, decision: decisionOf(sent), reason: sent.reason })
    } catch (error) {
      if (isConflict(error)) return showConflict(clients, request, response, sent)
      if (!isCorrectable(error)) throw error
      const said = violationsOf(error).map(({ field, description }) => [field, description] as const)
      return again(said.length > 0 ? Object.fromEntries(said) : { decision: 'The proposal has lapsed: there is nothing to decide' })
    }
    request.session.flash = done[sent.decision]
    await seeOther(response, onward(request, `/exclusions/risk/${proposalId}`))
  }
}
