import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { create } from '@bufbuild/protobuf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LetterBlockKind, LetterBlockSchema, LetterSendingSchema } from '../../gen/pathways/common/v1/letters_pb'
import { drawnBlocks, subjectOf } from './blocks'
import { letterPdf } from './pdf'
import { leftWords, sendingWords } from './sending'

const block = (kind: LetterBlockKind, level: number, ...texts: string[]) => create(LetterBlockSchema, { kind, level, texts })
const { HEADING, PARAGRAPH, BULLETS, NUMBERS } = LetterBlockKind
const blocks = [
  block(PARAGRAPH, 0, 'Ms Łucja Ashdown\n1 High Street'),
  block(HEADING, 1, 'Sam Ashdown: <suspension>'),
  block(PARAGRAPH, 0, 'From Monday 7 September 2026.'),
  block(HEADING, 2, 'Why'),
  block(BULLETS, 0, 'Damage', 'Theft'),
  block(NUMBERS, 0, 'First', 'Second'),
]
const kept = '2026-09-07T14:05:00Z'

test('A letter on a page is its blocks, line by line', () => {
  expect(subjectOf(blocks)).toBe('Sam Ashdown: <suspension>')
  expect(drawnBlocks(blocks).map(({ kind, texts }) => [kind, texts])).toEqual([
    ['paragraph', [['Ms Łucja Ashdown', '1 High Street']]],
    ['heading', [['Sam Ashdown: <suspension>']]],
    ['paragraph', [['From Monday 7 September 2026.']]],
    ['heading', [['Why']]],
    ['bullets', [['Damage'], ['Theft']]],
    ['numbers', [['First'], ['Second']]],
  ])
})

describe('A letter as a PDF', () => {
  const run = promisify(execFile)
  let folder = ''
  let file = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'letters-'))
    file = join(folder, 'letter.pdf')
    await pipeline(letterPdf(blocks, kept), createWriteStream(file))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('is tagged, and says its title, its language and that it is PDF/UA', async () => {
    const { stdout } = await run('pdfinfo', [file])
    expect(stdout).toMatch(/Title:\s+Sam Ashdown: <suspension>/)
    expect(stdout).toMatch(/Tagged:\s+yes/)
    const { stdout: metadata } = await run('pdfinfo', ['-meta', file])
    expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>')
    const { stdout: raw } = await run('cat', [file], { encoding: 'latin1' })
    expect(raw).toContain('/Lang (en-GB)')
    expect(raw).toContain('/DisplayDocTitle true')
  })

  test('is read in order: headings, paragraphs, lists', async () => {
    const { stdout } = await run('pdfinfo', ['-struct-text', file])
    const read = stdout.split('\n').map(line => line.trim().replace(' (block)', '')).filter(Boolean)
    expect(read).toEqual([
      'Document',
      'P', '"Ms Łucja Ashdown 1 High Street"',
      'H1', '"Sam Ashdown: <suspension>"',
      'P', '"From Monday 7 September 2026."',
      'H2', '"Why"',
      'L', 'LI', 'Lbl', '"•"', 'LBody', '"Damage"', 'LI', 'Lbl', '"•"', 'LBody', '"Theft"',
      'L', 'LI', 'Lbl', '"1."', 'LBody', '"First"', 'LI', 'Lbl', '"2."', 'LBody', '"Second"',
    ])
  })

  test('has its fonts with it, and text that can be searched and copied', async () => {
    const { stdout: fonts } = await run('pdffonts', [file])
    for (const font of fonts.split('\n').slice(2).filter(Boolean)) expect(font).toMatch(/ yes yes yes /)
    const { stdout: text } = await run('pdftotext', [file, '-'])
    expect(text).toContain('Ms Łucja Ashdown')
  })

  test('is the same file for the same letter', async () => {
    const again = join(folder, 'again.pdf')
    await pipeline(letterPdf(blocks, kept), createWriteStream(again))
    const { stdout } = await run('sha256sum', [file, again])
    expect(new Set(stdout.trim().split('\n').map(line => line.split(' ')[0])).size).toBe(1)
  })
})

test('How a letter went is said with who recorded it', () => {
  const sending = create(LetterSendingSchema, { how: 'post', on: '2026-09-08', recordedBy: 'a' })
  expect(sendingWords(sending, new Map([['a', 'Amara Osei']]))).toBe('By post on 8 September 2026, recorded by Amara Osei')
  expect(leftWords({ sendings: [sending] })).toBe('By post, 8 September 2026')
  expect(leftWords({ sendings: [] })).toBe('Not yet')
})
