import { Code, ConnectError } from '@connectrpc/connect'
import type { Request } from 'express'
import type { Provider } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Clients } from '../../../clients/clients'
import { idOf } from '../load'

// An authority commissions some dozens of providers: one is found among all of them.
export async function loadProvider(clients: Clients, request: Request): Promise<Provider> {
  const providerId = idOf(request, 'provider')
  const { providers } = await clients.panel.listProviders({})
  const found = providers.find(one => one.providerId === providerId)
  if (!found) throw new ConnectError('no such provider', Code.NotFound)
  return found
}
