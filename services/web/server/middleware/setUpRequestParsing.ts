import { Router, urlencoded } from 'express'

// Forms only; files are read as streams by the page that takes them.
export function setUpRequestParsing(): Router {
  const router = Router()
  router.use(urlencoded({ extended: false, limit: '128kb', parameterLimit: 200 }))
  return router
}
