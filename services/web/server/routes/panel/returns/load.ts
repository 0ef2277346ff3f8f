import { Code } from '@connectrpc/connect'
import type { Request } from 'express'
import type { ReintegrationPlan } from '../../../../gen/pathways/panel/v1/reintegration_pb'
import type { Placement } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Clients } from '../../../clients/clients'
import { isCode } from '../../../clients/problems'
import { idOf } from '../load'
import { fetchPlacement } from '../placements/load'

// The placement and its plan; no plan while there is none.
export async function loadReturn(clients: Clients, request: Request): Promise<{ placement: Placement; plan?: ReintegrationPlan }> {
  const placementId = idOf(request, 'placement')
  const [placement, plan] = await Promise.all([fetchPlacement(clients, placementId), planOf(clients, placementId)])
  return { placement, plan }
}

async function planOf(clients: Clients, placementId: string): Promise<ReintegrationPlan | undefined> {
  try {
    return (await clients.reintegration.getPlan({ placementId })).plan
  } catch (error) {
    if (isCode(error, Code.NotFound)) return undefined
    throw error
  }
}
