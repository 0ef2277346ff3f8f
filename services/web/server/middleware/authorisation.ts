import type { RequestHandler } from 'express'
import { can, type Ability } from '../auth/person'

export class NotAllowed extends Error {}

// Keeps a page from those who would be refused by the services behind it anyway, before anything is asked of them.
export function allow(ability: Ability): RequestHandler {
  return (_request, response, next) => {
    if (!response.locals.user || !can(response.locals.user, ability)) throw new NotAllowed(ability)
    next()
  }
}
