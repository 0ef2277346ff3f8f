import type { Store } from 'express-session'
import type { IdentityProvider } from './auth/identityProvider'
import type { Clients } from './clients/clients'
import type { Config } from './config'
import type { Logger } from './logger'

// Everything the pages stand on. Tests put in their own.
export interface Services {
  config: Config
  clients: Clients
  identityProvider: IdentityProvider
  sessionStore: Store
  logger: Logger
  // Milliseconds since 1970; tests set it.
  now: () => number
  // Aborted when the process is about to go: connections that stay open are to end.
  stopping?: AbortSignal
}
