import type { Letter } from '../../../../gen/pathways/common/v1/letters_pb'
import type { LetterKind, PreviewLetterResponse } from '../../../../gen/pathways/exclusions/v1/letters_pb'
import type { Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { escape, link, text } from '../../../components/tables'
import { drawnBlocks, subjectOf } from '../../../letters/blocks'
import { leftWords, sendingQuestions, sendingWords } from '../../../letters/sending'
import { component } from '../../../requestForm/component'
import type { Answers, FormPage } from '../../../requestForm/types'
import { dateTime } from '../../../text/dates'
import type { ExclusionHeader } from '../header'

export type To = (path: string) => string
type Names = Map<string, string>

// Where it is: every page of a letter says of which exclusion.
export interface About {
  found: Exclusion
  pupil: string
  to: To
}

function pathOf({ exclusionId }: Exclusion): string {
  return `/exclusions/${exclusionId}/letters`
}

function caption({ found, pupil }: About): string {
  return `${found.reference}, ${pupil}`
}

export interface LettersPage {
  header: ExclusionHeader
  found: Exclusion
  letters: Letter[]
  kinds: LetterKind[]
  people: Names
  templates: boolean
  to: To
}

export function lettersView({ header, found, letters, kinds, people, templates, to }: LettersPage) {
  const path = pathOf(found)
  const rows = letters.map(letter => [
    link(to(`${path}/${letter.letterId}`), letter.title),
    text(`${dateTime(letter.keptAt)}, ${letter.keptBy === '' ? 'Pathways' : (people.get(letter.keptBy) ?? 'somebody who has left')}`),
    { html: escape(leftWords(letter)).replaceAll('\n', '<br>') },
  ])
  const table = { caption: 'Letters kept', captionClasses: 'govuk-visually-hidden', firstCellIsHeader: true, head: ['Letter', 'Written', 'Sent'].map(text), rows }
  return {
    ...pageView(`Letters: ${header.title}`, { back: header.back }),
    header,
    table: rows.length > 0 ? table : undefined,
    write: kinds.filter(({ whyNot }) => whyNot === '').map(({ kind, title }) => ({ href: to(`${path}/new/${kind}`), text: title })),
    later: kinds.filter(({ whyNot }) => whyNot !== '').map(({ title, whyNot }) => ({ title, whyNot })),
    templates: templates ? '/exclusions/letters' : undefined,
  }
}

export function askView(about: About, page: FormPage, answers: Answers, errors: FieldErrors) {
  const path = pathOf(about.found)
  return {
    ...pageView(page.title, { back: { href: about.to(path), text: 'Letters' }, errors }),
    caption: caption(about),
    intro: 'Names, days and what the law asks for are filled in. You see the whole letter before it is kept.',
    action: about.to(`${path}/new/${page.slug}`),
    version: '0',
    questions: page.questions.map(question => component(question, answers, false, errors)),
    submit: { text: 'See the letter' },
  }
}

export interface Previewed {
  preview: PreviewLetterResponse
  letterId: string
  fields: [string, string][]
  // It is another letter now than the one that was looked at.
  changed: boolean
}

export function previewView(about: About, page: FormPage, { preview, letterId, fields, changed }: Previewed) {
  const path = pathOf(about.found)
  return {
    ...pageView(`Check the letter: ${page.title}`, { back: { href: about.to(path), text: 'Letters' } }),
    heading: 'Check the letter before you keep it',
    caption: caption(about),
    action: about.to(`${path}/new/${page.slug}`),
    letter: drawnBlocks(preview.blocks),
    warnings: preview.warnings,
    changed,
    fields: [...fields, ['letter_id', letterId], ['digest', preview.digest]],
  }
}

export function keptView(about: About, letter: Letter, people: Names, answers: { how: string; on: string }, errors: FieldErrors) {
  const path = `${pathOf(about.found)}/${letter.letterId}`
  return {
    ...pageView(letter.title, { back: { href: about.to(pathOf(about.found)), text: 'Letters' }, errors }),
    caption: caption(about),
    kept: `Kept ${dateTime(letter.keptAt)}${people.has(letter.keptBy) ? ` by ${people.get(letter.keptBy)}` : ''}, ${letter.templateVersion === 0n ? 'in Pathways’ wording' : `in version ${letter.templateVersion} of your authority’s wording`}.`,
    intact: letter.intact,
    digest: letter.digest,
    subject: subjectOf(letter.blocks),
    letter: drawnBlocks(letter.blocks),
    pdf: `${path}/letter.pdf`,
    sendings: letter.sendings.map(sending => sendingWords(sending, people)),
    action: about.to(path),
    questions: sendingQuestions(answers, errors),
    clock: about.to(`/exclusions/${about.found.exclusionId}`),
  }
}
