import type { GetLetterTemplateResponse, LetterBlock, LetterTemplate, ListLetterTemplatesResponse } from '../../../gen/pathways/common/v1/letters_pb'
import type { FieldErrors } from '../../components/errors'
import { longText } from '../../components/forms'
import { pageView } from '../../components/pageView'
import { link, text, type Cell } from '../../components/tables'
import { dateTime } from '../../text/dates'
import { drawnBlocks } from '../blocks'
import type { TemplateSource } from './source'

export const templateLimit = 20_000

type Names = Map<string, string>

function saved({ version, updatedAt, updatedBy }: Pick<LetterTemplate, 'version' | 'updatedAt' | 'updatedBy'>, people: Names): string {
  if (version === 0n) return 'As it comes with Pathways'
  return `Version ${version}, ${dateTime(updatedAt)}, ${people.get(updatedBy) ?? 'somebody who has left'}`
}

export function templatesView(source: TemplateSource, { templates }: ListLetterTemplatesResponse, people: Names) {
  const rows = templates.map(template => [link(`${source.path}/${template.kind}`, template.title), text(saved(template, people))])
  return {
    ...pageView(source.title, { back: source.back }),
    table: { caption: 'Templates', captionClasses: 'govuk-visually-hidden', firstCellIsHeader: true, head: ['Letter', 'Wording'].map(text), rows },
  }
}

export interface Editing {
  source: TemplateSource
  found: GetLetterTemplateResponse & { template: LetterTemplate }
  people: Names
  text: string
  // The version that saving replaces.
  version: bigint
  // What the text above would make; nothing: it does not pass.
  preview: readonly LetterBlock[]
}

function placeholders({ placeholders, required }: LetterTemplate) {
  const must = new Map(required.map(({ placeholder, words, source }) => [placeholder, `The letter must say ${words} (${source}).`]))
  const meaning = (name: string, words: string): Cell => text(`${words}. ${must.get(name) ?? ''}`.trim())
  return {
    caption: 'Placeholders of this letter',
    captionClasses: 'govuk-visually-hidden',
    firstCellIsHeader: true,
    head: ['Placeholder', 'What it stands for', 'Example'].map(text),
    rows: placeholders.map(({ name, meaning: words, sample }) => [text(`{{${name}}}`), meaning(name, words), text(sample)]),
  }
}

export function templateView({ source, found: { template, history }, people, text: written, version, preview }: Editing, errors: FieldErrors) {
  const { kind, title } = template
  const path = `${source.path}/${kind}`
  const hint = 'A line that begins with # and a space is the subject, with ## a heading, with - an item of a list. Names in {{double braces}} are filled in for each letter.'
  const area = longText({ name: 'text', label: 'Wording', hint, errors }, written, templateLimit)
  return {
    ...pageView(title, { back: { href: source.path, text: source.title }, errors }),
    caption: saved(template, people),
    action: path,
    version: String(version),
    // No counting down from 20,000.
    area: { ...area, rows: 24, maxlength: undefined, threshold: undefined, spellcheck: true },
    placeholders: placeholders(template),
    preview: drawnBlocks(preview),
    history: history.map(one => ({ href: `${path}?version=${one.version}`, text: saved(one, people) })),
    shipped: `${path}?version=shipped`,
  }
}
