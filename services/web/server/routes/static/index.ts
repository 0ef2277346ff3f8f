import { Router } from 'express'
import { navigation, whoAmI } from '../../components/navigation'
import { pageView } from '../../components/pageView'
import { render } from '../../components/render'

const pages = { help: 'Help', accessibility: 'Accessibility statement', privacy: 'Privacy notice', cookies: 'Cookies' }

export function staticRoutes(): Router {
  const router = Router()
  for (const [name, title] of Object.entries(pages)) {
    router.get(`/${name}`, (request, response) => {
      const person = request.session.signedIn?.person
      // Readable by everyone, so the usual page furniture is put up here for those who are signed in.
      if (person) Object.assign(response.locals, { user: person, navigation: navigation(person, request.path), whoAmI: whoAmI(person), csrfToken: request.session.csrfToken })
      render(response, `static/${name}`, pageView(title))
    })
  }
  return router
}
