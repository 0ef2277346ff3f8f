import { Code, ConnectError } from '@connectrpc/connect'
import type { Placement } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Clients } from '../../../clients/clients'

export async function fetchPlacement(clients: Clients, placementId: string): Promise<Placement> {
  const { placement } = await clients.panel.getPlacement({ placementId })
  if (!placement) throw new ConnectError('no such placement', Code.NotFound)
  return placement
}
