import { createHash } from 'node:crypto'
import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect'
import { LetterBlockKind, LetterBlockSchema, LetterSchema, LetterTemplateSchema, type Letter, type LetterBlock } from '../../gen/pathways/common/v1/letters_pb'
import { Kind } from '../../gen/pathways/exclusions/v1/service_pb'
import { LetterKindSchema, type LetterWords, type LettersService } from '../../gen/pathways/exclusions/v1/letters_pb'
import { at, find } from './exclusionRecords'
import { enter, notFound, violations, type World } from './world'

// Letters made of a few blocks. What the rules are is the service's; here they only have to look so.

const notice = 'permanent_exclusion_notice'
const kinds = [
  { kind: 'suspension_notice', title: 'Notice of a suspension, to the parents', needsContact: true },
  { kind: notice, title: 'Notice of a permanent exclusion, to the parents', needsContact: true },
  { kind: 'board_invitation', title: 'Invitation to the governing board’s meeting', needsContact: true, needsMeeting: true },
  { kind: 'board_decision', title: 'The governing board’s decision', needsContact: true, needsReasons: true, needsDelivery: true },
]

export const shippedText = `{{addressee}}

# {{pupil_name}}: permanent exclusion

I am writing to tell you that {{pupil_first_name}} is excluded. {{period}}

## Why

{{reasons}}

{{own_words}}

- {{contact}}
`

export interface StubLetters {
  kept: Map<string, Letter>
  // Texts of the one template that is edited here, oldest first.
  versions: { text: string; by: string }[]
}

function block(kind: LetterBlockKind, level: number, ...texts: string[]): LetterBlock {
  return create(LetterBlockSchema, { kind, level, texts })
}

function blocksOf(world: World, words: LetterWords): LetterBlock[] {
  const { HEADING, PARAGRAPH, BULLETS } = LetterBlockKind
  const version = world.letters.versions.length
  return [
    block(PARAGRAPH, 0, words.addressee),
    block(HEADING, 1, 'Sam Ashdown: permanent exclusion'),
    block(PARAGRAPH, 0, `I am writing to tell you that Sam is excluded. It begins on Monday 7 September 2026.${version > 0 ? ' In the authority’s own words.' : ''}`),
    ...(words.ownWords === '' ? [] : [block(HEADING, 2, 'Why'), block(PARAGRAPH, 0, words.ownWords)]),
    ...(words.contact === '' ? [] : [block(BULLETS, 0, words.contact, 'The statutory guidance is on GOV.UK')]),
    block(PARAGRAPH, 0, words.sender),
  ]
}

function digestOf(blocks: LetterBlock[]): string {
  return createHash('sha256').update(JSON.stringify(blocks.map(({ texts }) => texts))).digest('hex')
}

function titleOf(kind: string): string {
  return kinds.find(one => one.kind === kind)?.title ?? 'Letter'
}

export function addLetter(world: World, letterId: string, exclusionId: string, words: LetterWords, by: string, kind = notice): Letter {
  const exclusion = world.exclusions.get(exclusionId)
  const blocks = blocksOf(world, words)
  const letter = create(LetterSchema, { letterId, kind, title: titleOf(kind), subjectId: exclusionId, pupilId: exclusion?.pupilId, urn: exclusion?.urn, templateVersion: BigInt(world.letters.versions.length), keptAt: at, keptBy: by, digest: digestOf(blocks), intact: true, blocks })
  world.letters.kept.set(letterId, letter)
  return letter
}

function keptFor(world: World, context: HandlerContext, letterId: string): Letter {
  const person = enter(world, 'letters', context)
  const letter = world.letters.kept.get(letterId)
  if (!letter) throw notFound('letter')
  find(world, person, letter.subjectId)
  return letter
}

function writing(world: World): Partial<ServiceImpl<typeof LettersService>> {
  return {
    listLetterKinds({ exclusionId }, context) {
      const { facts, decisions } = find(world, enter(world, 'letters', context), exclusionId)
      const permanent = facts?.kind === Kind.PERMANENT
      const why = (kind: string) => {
        if (kind === 'suspension_notice') return permanent ? 'It is a permanent exclusion.' : ''
        if (kind === notice) return permanent ? '' : 'It is a suspension.'
        return kind === 'board_decision' && !decisions?.boardDecision ? 'The governing board has not decided.' : ''
      }
      return { kinds: kinds.map(one => create(LetterKindSchema, { ...one, whyNot: why(one.kind) })) }
    },
    previewLetter({ exclusionId, words, kind }, context) {
      find(world, enter(world, 'letters', context), exclusionId)
      if (!words || words.ownWords.includes('refuse me')) throw violations(Code.InvalidArgument, { 'words.own_words': 'Write it in other words' })
      const blocks = blocksOf(world, words)
      const warnings = kind === 'board_invitation' ? ['The meeting is after Monday 28 September 2026, the last day that the law sets for it.'] : []
      return { blocks, digest: digestOf(blocks), warnings, templateVersion: BigInt(world.letters.versions.length) }
    },
    keepLetter({ letterId, exclusionId, kind, words, digest }, context) {
      const person = enter(world, 'letters', context)
      find(world, person, exclusionId)
      const known = world.letters.kept.get(letterId)
      if (known) return { letter: known }
      if (!words || digestOf(blocksOf(world, words)) !== digest) throw new ConnectError('look at the letter again', Code.Aborted)
      return { letter: addLetter(world, letterId, exclusionId, words, person.sub, kind) }
    },
    listLetters({ subjectId }, context) {
      find(world, enter(world, 'letters', context), subjectId)
      return { letters: [...world.letters.kept.values()].filter(one => one.subjectId === subjectId) }
    },
    getLetter({ letterId }, context) {
      return { letter: keptFor(world, context, letterId) }
    },
    recordLetterSent({ letterId, how, on }, context) {
      const letter = keptFor(world, context, letterId)
      const person = enter(world, 'letters', context)
      letter.sendings.push({ $typeName: 'pathways.common.v1.LetterSending', how, on: on || '2026-11-24', recordedAt: at, recordedBy: person.sub })
      return { letter }
    },
  }
}

function templates(world: World): Partial<ServiceImpl<typeof LettersService>> {
  const { versions } = world.letters
  const template = (kind: string, version: number) => {
    const own = kind === notice ? versions[version - 1] : undefined
    return create(LetterTemplateSchema, {
      laCode: 999,
      kind,
      title: titleOf(kind),
      version: own ? BigInt(version) : 0n,
      text: own?.text ?? shippedText,
      updatedAt: own ? at : '',
      updatedBy: own?.by ?? '',
      placeholders: [
        { name: 'pupil_name', meaning: 'the pupil’s whole name', sample: 'Sam Ashdown' },
        { name: 'reasons', meaning: 'the reasons as recorded', sample: 'Damage' },
      ],
      required: [{ placeholder: 'reasons', words: 'the reasons for it', source: 'SI 2012/1033 reg. 5' }],
    })
  }
  const problemsOf = (text: string) => (text.includes('{{reasons}}') ? [] : ['The letter must say the reasons for it: put {{reasons}} in it (SI 2012/1033 reg. 5)'])
  const preview = (text: string) => [block(LetterBlockKind.HEADING, 1, 'Sam Ashdown: permanent exclusion'), block(LetterBlockKind.PARAGRAPH, 0, text.replaceAll('{{reasons}}', 'Damage').slice(-200))]
  return {
    listLetterTemplates(_request, context) {
      enter(world, 'letters', context)
      return { templates: kinds.map(({ kind }) => template(kind, versions.length)) }
    },
    getLetterTemplate({ kind, version, shipped }, context) {
      enter(world, 'letters', context)
      const shown = template(kind, shipped ? 0 : version === 0n ? versions.length : Number(version))
      const history = versions.map(({ by }, index) => ({ version: BigInt(index + 1), updatedAt: at, updatedBy: by })).reverse()
      return { template: shown, history, preview: preview(shown.text) }
    },
    checkLetterTemplate({ text }, context) {
      enter(world, 'letters', context)
      const problems = problemsOf(text)
      return { problems, preview: problems.length > 0 ? [] : preview(text) }
    },
    saveLetterTemplate({ kind, version, text }, context) {
      const person = enter(world, 'letters', context)
      if (version !== BigInt(versions.length)) throw new ConnectError('changed since', Code.Aborted)
      versions.push({ text, by: person.sub })
      return { template: template(kind, versions.length) }
    },
  }
}

export function letters(world: World): Partial<ServiceImpl<typeof LettersService>> {
  return { ...writing(world), ...templates(world) }
}
