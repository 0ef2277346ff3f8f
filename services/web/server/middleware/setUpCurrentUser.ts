import { Router } from 'express'
import { navigation, whoAmI } from '../components/navigation'

// What the layout shows of the person on every page.
export function setUpCurrentUser(): Router {
  const router = Router()
  router.use((request, response, next) => {
    const { user } = response.locals
    if (user) {
      response.locals.navigation = navigation(user, request.path)
      response.locals.whoAmI = whoAmI(user)
    }
    if (request.session.flash) {
      response.locals.flash = request.session.flash
      delete request.session.flash
    }
    next()
  })
  return router
}
