import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { CaseState, PanelCaseSchema } from '../../../../gen/pathways/panel/v1/service_pb'
import { RequestSchema, RequestState } from '../../../../gen/pathways/referrals/v1/service_pb'
import { aPerson } from '../../../testSupport'
import { presentStepUp } from './panel'

describe('A request is stepped up to the panel', () => {
  const officer = aPerson('inclusion_officer')
  const request = (state = RequestState.ALLOCATED) => create(RequestSchema, { requestId: 'r1', pupilId: 'p1', urn: 900001, state })
  const known = (state: CaseState, requestId = '') => [create(PanelCaseSchema, { caseId: 'c1', reference: 'SP-1', state, requestId })]
  test('by an officer, once Early Help accepted it', () => {
    expect(presentStepUp(request(), [], officer).offer).toMatchObject({ pupilId: 'p1', urn: 900001, requestId: 'r1' })
    expect(presentStepUp(request(RequestState.SUBMITTED), [], officer).offer).toBeUndefined()
    expect(presentStepUp(request(), [], aPerson('early_help_worker')).offer).toBeUndefined()
    expect(presentStepUp(request(), [], aPerson('school')).offer).toBeUndefined()
  })
  test('not while the pupil is before the panel; the case it led to is linked', () => {
    expect(presentStepUp(request(), known(CaseState.REFERRED), officer)).toEqual({ cases: [], offer: undefined })
    expect(presentStepUp(request(), known(CaseState.REFERRED, 'r1'), officer)).toEqual({ cases: [{ href: '/panel/cases/c1?from=%2Frequests%2Fr1', reference: 'SP-1' }], offer: undefined })
    expect(presentStepUp(request(), known(CaseState.CLOSED, 'r1'), officer).offer).toBeDefined()
  })
})
