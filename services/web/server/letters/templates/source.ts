import type { Client } from '@connectrpc/connect'
import type { LettersService } from '../../../gen/pathways/exclusions/v1/letters_pb'
import type { Clients } from '../../clients/clients'

// Whose templates are edited. Every service that writes letters has the same four methods.
export interface TemplateSource {
  client: (clients: Clients) => Pick<Client<typeof LettersService>, 'listLetterTemplates' | 'getLetterTemplate' | 'checkLetterTemplate' | 'saveLetterTemplate'>
  // Address of the list; a template is below it.
  path: string
  title: string
  back: { href: string; text: string }
}
