import { createIdp } from './app'
import { readIdpConfig, type IdpConfig } from './config'

function configuration(): IdpConfig {
  try {
    return readIdpConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    return process.exit(1)
  }
}

const config = configuration()
const server = createIdp(config).listen(config.port, config.host, () => {
  console.log(JSON.stringify({ service: 'dev-idp', msg: 'listening', issuer: config.issuer }))
})

function stop(): void {
  setTimeout(() => process.exit(0), 3_000).unref()
  server.close(() => process.exit(0))
  server.closeAllConnections()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
