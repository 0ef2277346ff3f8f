import { LetterBlockKind, type LetterBlock } from '../../gen/pathways/common/v1/letters_pb'

// A letter as a page draws it: partials/letter.njk.
export interface DrawnBlock {
  kind: 'heading' | 'paragraph' | 'bullets' | 'numbers'
  level: number
  // Each as its lines.
  texts: string[][]
}

const kinds: Partial<Record<LetterBlockKind, DrawnBlock['kind']>> = {
  [LetterBlockKind.HEADING]: 'heading',
  [LetterBlockKind.PARAGRAPH]: 'paragraph',
  [LetterBlockKind.BULLETS]: 'bullets',
  [LetterBlockKind.NUMBERS]: 'numbers',
}

export function subjectOf(blocks: readonly LetterBlock[]): string {
  return blocks.find(({ kind, level }) => kind === LetterBlockKind.HEADING && level === 1)?.texts[0] ?? 'Letter'
}

export function drawnBlocks(blocks: readonly LetterBlock[]): DrawnBlock[] {
  return blocks.flatMap(({ kind, level, texts }) => {
    const drawn = kinds[kind]
    return drawn ? [{ kind: drawn, level, texts: texts.map(text => text.split('\n')) }] : []
  })
}
