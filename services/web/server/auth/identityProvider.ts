import * as oidc from 'openid-client'
import type { Config } from '../config'

// What the identity provider gave: proof of who someone is, good until `endsAt` (milliseconds).
export interface Proof {
  idToken: string
  endsAt: number
  refreshToken?: string
}

export interface SignInChecks {
  state: string
  nonce: string
  codeVerifier: string
}

export interface IdentityProvider {
  begin(): Promise<{ url: URL; checks: SignInChecks }>
  finish(answer: URL, checks: SignInChecks): Promise<Proof>
  refresh(proof: Proof): Promise<Proof | undefined>
  signOutUrl(proof: Proof): Promise<URL>
}

const scope = 'openid profile email'

function isLocal(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}

function proofOf(tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): Proof {
  const ends = tokens.claims()?.exp
  if (!tokens.id_token || !ends) throw new Error('the identity provider answered without an ID token')
  return { idToken: tokens.id_token, endsAt: ends * 1000, ...(tokens.refresh_token && { refreshToken: tokens.refresh_token }) }
}

// OpenID Connect, authorisation code with PKCE. The provider's description is read at first use and again after a
// failure, so that the two can start in any order.
export function createIdentityProvider(config: Pick<Config, 'oidc' | 'url'>): IdentityProvider {
  const { issuer, clientId, clientSecret } = config.oidc
  const redirectUri = new URL('/sign-in/callback', config.url).href
  let discovered: Promise<oidc.Configuration> | undefined

  function provider(): Promise<oidc.Configuration> {
    // Plain http is for a provider on this machine, which means development.
    const options = issuer.protocol === 'http:' && isLocal(issuer) ? { execute: [oidc.allowInsecureRequests] } : {}
    discovered ??= oidc.discovery(issuer, clientId, clientSecret, undefined, options).catch((error: unknown) => {
      discovered = undefined
      throw error
    })
    return discovered
  }

  return {
    async begin() {
      const checks = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() }
      const url = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope,
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: 'S256',
      })
      return { url, checks }
    },
    async finish(answer, checks) {
      const tokens = await oidc.authorizationCodeGrant(await provider(), answer, {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.codeVerifier,
        idTokenExpected: true,
      })
      return proofOf(tokens)
    },
    async refresh(proof) {
      try {
        const tokens = await oidc.refreshTokenGrant(await provider(), proof.refreshToken ?? '')
        return { refreshToken: proof.refreshToken, ...proofOf(tokens) } as Proof
      } catch (error) {
        // The provider has ended the session: the person signs in again. Anything else is a fault.
        if (error instanceof oidc.ResponseBodyError) return undefined
        throw error
      }
    },
    async signOutUrl(proof) {
      const configuration = await provider()
      if (!configuration.serverMetadata().end_session_endpoint) return new URL('/signed-out', config.url)
      return oidc.buildEndSessionUrl(configuration, {
        id_token_hint: proof.idToken,
        post_logout_redirect_uri: new URL('/signed-out', config.url).href,
      })
    },
  }
}
