import { create } from '@bufbuild/protobuf'
import { RequestSchema, RequestState, type Request } from '../../gen/pathways/referrals/v1/service_pb'
import type { World } from './world'

// A whole set of answers, as a tired but careful attendance lead would write them.
export const goodAnswers: Record<string, Record<string, string>> = {
  consent: {
    consent_asked: 'yes',
    consent_given: 'yes',
    consent_by: 'Magda Nowak',
    consent_relationship: 'parent',
    consent_date: '2026-11-20',
    consent_how: 'phone',
    consent_told: 'pupil,parents',
  },
  reason: {
    main_reason: 'attendance',
    reason: 'Missed most Mondays since September and every day of the last two weeks.\nMum says mornings have become impossible since she started night shifts.',
    change_wanted: 'Back in school every day by the end of January, and a morning that works for the family.',
  },
  needs: {
    needs: 'education,health,family_relationships',
    needs_detail: 'Anxious about lessons after a change of class. Mum is exhausted and has no one to share the mornings with.',
    strengths: 'Close to an aunt nearby. Loves art club.',
  },
  tried: {
    tried: 'meeting_with_family,home_visit,attendance_plan',
    tried_detail: 'Meeting on 5 October, home visit on 2 November, plan with a later start for two weeks. It helped for three days.',
  },
  views: { pupil_views_known: 'yes', pupil_views: '“I want to come but my stomach hurts.”', family_views: 'Mum wants help with mornings and someone to talk to.' },
  agencies: { agencies_involved: 'yes', agencies: 'gp', agencies_detail: 'The surgery on Mill Lane saw the pupil for stomach aches in October.' },
  risk: { immediate_danger: 'no', risks: 'none', safe_contact: 'Ring after 2pm; Mum sleeps in the morning.' },
}

export function addRequest(world: World, requestId: string, pupilId: string, change: Partial<Omit<Request, '$typeName' | '$unknown'>> = {}): Request {
  const pupil = world.pupils.find(one => one.pupilId === pupilId)
  const request = create(RequestSchema, {
    requestId,
    reference: `EH-7K3M-${String(world.requests.size + 1).padStart(2, '0')}`,
    pupilId,
    urn: pupil?.urn,
    laCode: 999,
    state: RequestState.SUBMITTED,
    version: 9n,
    sections: Object.entries(goodAnswers).map(([name, answers]) => ({
      name,
      complete: true,
      answers: Object.entries(answers).map(([key, value]) => ({ key, value })),
    })),
    facts: [
      { key: 'year_group', value: pupil?.yearGroup, source: 'registry', knownAt: '2026-11-20T09:00:00Z' },
      { key: 'sessions_possible', value: '108', source: 'attendance', knownAt: '2026-11-20T09:00:00Z' },
      { key: 'sessions_absent', value: '31', source: 'attendance', knownAt: '2026-11-20T09:00:00Z' },
      { key: 'sessions_unauthorised', value: '12', source: 'attendance', knownAt: '2026-11-20T09:00:00Z' },
    ],
    createdBy: 'demo-amara-osei',
    createdAt: '2026-11-20T09:00:00Z',
    submittedAt: '2026-11-20T10:30:00Z',
    decisionDue: '2026-11-25',
    updatedAt: '2026-11-20T10:30:00Z',
    updatedBy: 'demo-amara-osei',
    mainReason: 'attendance',
    ...change,
  })
  world.requests.set(requestId, request)
  return request
}
