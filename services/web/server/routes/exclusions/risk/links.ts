import { can, type Person } from '../../../auth/person'

type Page = 'proposals' | 'weights' | 'fairness'

// The pages of early intervention this person may see, the one that is shown without a link.
export function riskLinks(person: Person, active: Page | '') {
  const pages: { page: Page; text: string; href: string; seen: boolean }[] = [
    { page: 'proposals', text: 'Pupils for whom help is proposed', href: '/exclusions/risk', seen: can(person, 'seeRisk') },
    { page: 'weights', text: 'How facts are weighed', href: '/exclusions/risk/weights', seen: can(person, 'auditRisk') },
    { page: 'fairness', text: 'Whom it picks out', href: '/exclusions/risk/fairness', seen: can(person, 'auditRisk') },
  ]
  return pages.filter(({ seen, page }) => seen && page !== active).map(({ text, href }) => ({ text, href }))
}

// Where early intervention begins for this person.
export function riskHome(person: Person): string {
  return can(person, 'seeRisk') ? '/exclusions/risk' : '/exclusions/risk/weights'
}
