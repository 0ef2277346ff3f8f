import { Router } from 'express'
import { csrfSync } from 'csrf-sync'

const { csrfSynchronisedProtection, isRequestValid } = csrfSync({
  getTokenFromRequest: request => (request.body as Record<string, string> | undefined)?._csrf,
  // A file's form is read as a stream: its page checks the token before it takes the file.
  skipCsrfProtection: request => request.is('multipart/form-data') === 'multipart/form-data',
})

export { isRequestValid as hasValidCsrfToken }

export function setUpCsrf(): Router {
  const router = Router()
  router.use(csrfSynchronisedProtection)
  router.use((request, response, next) => {
    response.locals.csrfToken = request.csrfToken?.()
    next()
  })
  return router
}
