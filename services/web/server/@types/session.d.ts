import 'express-session'
import type { Person } from '../auth/person'
import type { SignedIn } from '../auth/signedIn'

declare module 'express-session' {
  interface SessionData {
    signedIn?: SignedIn
    // Between leaving for the identity provider and coming back.
    signInChecks?: { state: string; nonce: string; codeVerifier: string }
    returnTo?: string
    // A form that was sent after the session had ended; shown again once the person is back.
    keptForm?: { path: string; fields: [string, string][] }
    // When a service last refused our token, so that two refusals in a row do not send the browser in circles.
    refusedAt?: number
    flash?: string
  }
}

declare module 'express-serve-static-core' {
  interface Locals {
    user?: Person
    cspNonce: string
    csrfToken?: string
  }
}
