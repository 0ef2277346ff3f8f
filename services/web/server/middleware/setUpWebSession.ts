import { Router } from 'express'
import session, { type Store } from 'express-session'
import type { Config } from '../config'

const idleMinutes = 60

// The cookie holds only the session's id; everything else stays in the database.
export function setUpWebSession(config: Config, store: Store): Router {
  const router = Router()
  router.use(
    session({
      store,
      name: 'pathways_session',
      secret: config.sessionSecret,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: {
        httpOnly: true,
        sameSite: 'lax',
        secure: config.url.protocol === 'https:',
        maxAge: idleMinutes * 60_000,
      },
    }),
  )
  return router
}
