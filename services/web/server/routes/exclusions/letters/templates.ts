import type { TemplateSource } from '../../../letters/templates/source'

export const letterTemplates: TemplateSource = {
  client: ({ letters }) => letters,
  path: '/exclusions/letters',
  title: 'Wording of letters',
  back: { href: '/exclusions', text: 'Exclusions' },
}
