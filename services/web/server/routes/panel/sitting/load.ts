import { Code, ConnectError } from '@connectrpc/connect'
import type { Sitting } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Clients } from '../../../clients/clients'

export async function fetchSitting(clients: Clients, sittingId: string): Promise<Sitting> {
  const { sitting } = await clients.panel.getSitting({ sittingId })
  if (!sitting) throw new ConnectError('no such sitting', Code.NotFound)
  return sitting
}
