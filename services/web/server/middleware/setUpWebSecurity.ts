import type { ServerResponse } from 'node:http'
import { Router, type Response } from 'express'
import helmet from 'helmet'
import type { Config } from '../config'

function nonce(_request: unknown, response: ServerResponse): string {
  return `'nonce-${(response as Response).locals.cspNonce}'`
}

export function setUpWebSecurity(config: Pick<Config, 'oidc' | 'url'>): Router {
  const router = Router()
  router.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", nonce],
          styleSrc: ["'self'", nonce],
          imgSrc: ["'self'"],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          // Signing in and out are forms that end at the identity provider.
          formAction: ["'self'", config.oidc.issuer.origin],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      strictTransportSecurity: config.url.protocol === 'https:',
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: true,
    }),
  )
  return router
}
