import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { Provider, type Configuration, type JWK } from 'oidc-provider'
import type { IdpConfig } from './config'
import { errorPage, signedOutPage, signOutPage } from './pages'
import { findPerson } from './people'

const hour = 3600

// Made at every start; nothing of it is kept or committed.
function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') } as JWK
}

export function createProvider(config: IdpConfig): Provider {
  const configuration: Configuration = {
    clients: [
      {
        client_id: config.clientId,
        client_secret: config.clientSecret,
        redirect_uris: [`${config.webUrl}/sign-in/callback`],
        post_logout_redirect_uris: [`${config.webUrl}/signed-out`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [signingKey()] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    // Registry reads name and e-mail from the ID token.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: { IdToken: hour, AccessToken: hour, RefreshToken: 8 * hour, Session: 8 * hour, Grant: 8 * hour, Interaction: hour },
    issueRefreshToken: async () => true,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          const nonce = randomBytes(16).toString('base64')
          ctx.set('content-security-policy', `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-${nonce}'`)
          ctx.body = signOutPage(form, nonce)
        },
        postLogoutSuccessSource: async ctx => {
          ctx.body = signedOutPage()
        },
      },
    },
    interactions: { url: (_ctx, interaction) => `/people/${interaction.uid}` },
    // Everything is for the one client we have: there is nothing to consent to.
    loadExistingGrant: async ctx => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client?.clientId, accountId: ctx.oidc.session?.accountId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    findAccount: async (_ctx, sub) => {
      const person = findPerson(sub)
      return person && { accountId: sub, claims: async () => ({ sub, name: person.name, email: person.email, email_verified: true }) }
    },
    renderError: async (ctx, out) => {
      ctx.type = 'html'
      ctx.body = errorPage(out.error_description ?? out.error)
    },
  }
  return new Provider(config.issuer, configuration)
}
