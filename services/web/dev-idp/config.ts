import { readFileSync } from 'node:fs'
import { z } from 'zod'

const environment = z.object({
  PATHWAYS_IDP_LISTEN: z
    .string()
    .regex(/^[\w.:-]+:\d+$/, 'must be host:port')
    .default('127.0.0.1:3001'),
  PATHWAYS_OIDC_ISSUER: z.url(),
  PATHWAYS_OIDC_CLIENT_ID: z.string().min(1),
  PATHWAYS_OIDC_CLIENT_SECRET_FILE: z.string().transform(file => readFileSync(file, 'utf8').trim()),
  PATHWAYS_WEB_URL: z.url(),
})

export interface IdpConfig {
  host: string
  port: number
  issuer: string
  clientId: string
  clientSecret: string
  webUrl: string
}

// This provider lets anyone be anyone: it must never stand in front of real children's records.
export function refuseProduction(env: NodeJS.ProcessEnv): void {
  if ([env.NODE_ENV, env.PATHWAYS_ENV].includes('production')) {
    throw new Error('The development identity provider signs in anyone as anyone. It does not start in production.')
  }
}

export function readIdpConfig(env: NodeJS.ProcessEnv): IdpConfig {
  refuseProduction(env)
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const values = parsed.data
  const colon = values.PATHWAYS_IDP_LISTEN.lastIndexOf(':')
  return {
    host: values.PATHWAYS_IDP_LISTEN.slice(0, colon),
    port: Number(values.PATHWAYS_IDP_LISTEN.slice(colon + 1)),
    issuer: values.PATHWAYS_OIDC_ISSUER.replace(/\/$/, ''),
    clientId: values.PATHWAYS_OIDC_CLIENT_ID,
    clientSecret: values.PATHWAYS_OIDC_CLIENT_SECRET_FILE,
    webUrl: values.PATHWAYS_WEB_URL.replace(/\/$/, ''),
  }
}
