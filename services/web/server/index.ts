import connectPgSimple from 'connect-pg-simple'
import session from 'express-session'
import pg from 'pg'
import { createApp } from './app'
import { createIdentityProvider } from './auth/identityProvider'
import { createClients } from './clients/clients'
import { readConfig } from './config'
import { createLogger } from './logger'

const config = readConfig(process.env)
const logger = createLogger(config.logLevel)
const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 8, connectionTimeoutMillis: 5_000 })
pool.on('error', error => logger.error({ problem: `session database: ${error.message}` }))
const PostgresStore = connectPgSimple(session)
const sessionStore = new PostgresStore({
  pool,
  createTableIfMissing: true,
  errorLog: (...parts: unknown[]) => logger.error({ problem: `session database: ${String(parts[0])}` }),
})

const stopping = new AbortController()
const app = createApp({
  config,
  clients: createClients(config.backends),
  identityProvider: createIdentityProvider(config),
  sessionStore,
  logger,
  now: Date.now,
  stopping: stopping.signal,
})

const server = app.listen(config.listen.port, config.listen.host, error => {
  if (error) {
    logger.fatal({ problem: error.message })
    process.exit(1)
  }
  logger.info({ listening: server.address(), url: config.url.href })
})

// Finishes what people are waiting for, then goes; whatever takes longer than 10 seconds is cut.
function stop(): void {
  stopping.abort()
  setTimeout(() => process.exit(0), 10_000).unref()
  server.close(() => void pool.end().then(() => process.exit(0)))
  server.closeIdleConnections()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
