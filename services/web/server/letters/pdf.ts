import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { LetterBlockKind, type LetterBlock } from '../../gen/pathways/common/v1/letters_pb'
import { subjectOf } from './blocks'

// The letter as a tagged PDF (PDF/UA): every block has its place in the structure, the fonts are in the file, title and language
// are said. The same blocks as on the page; equal letters give equal files.

const fonts = createRequire(import.meta.url)
const regular = fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
const bold = fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')

const points = { text: 11, lineGap: 3, after: 9, indent: 18 }
const headingPoints: Record<number, number> = { 1: 15, 2: 12.5, 3: 11.5 }

// Whoever hears the lines of an address hears them apart.
const spoken = (text: string | undefined) => (text ?? '').replaceAll('\n', ' \n')

// A heading does not stand alone at the foot of a page.
const withHeading = 60

// What the library knows and its types do not yet.
const accessible: object = { subset: 'PDF/UA', tagged: true }

type Pdf = InstanceType<typeof PDFDocument>

function heading(pdf: Pdf, parent: PDFKit.PDFStructureElement, { level, texts }: LetterBlock) {
  if (pdf.y > pdf.page.height - pdf.page.margins.bottom - withHeading) pdf.addPage()
  parent.add(
    pdf.struct(`H${level}`, {}, () => {
      pdf.font(bold).fontSize(headingPoints[level] ?? points.text).text(texts[0] ?? '', { lineGap: points.lineGap })
    }),
  )
  pdf.y += points.after / 2
}

function paragraph(pdf: Pdf, parent: PDFKit.PDFStructureElement, { texts }: LetterBlock) {
  parent.add(
    pdf.struct('P', {}, () => {
      pdf.font(regular).fontSize(points.text).text(spoken(texts[0]), { lineGap: points.lineGap })
    }),
  )
  pdf.y += points.after
}

function list(pdf: Pdf, parent: PDFKit.PDFStructureElement, { kind, texts }: LetterBlock) {
  const items = pdf.struct('L')
  parent.add(items)
  const left = pdf.page.margins.left
  texts.forEach((text, index) => {
    const item = pdf.struct('LI')
    items.add(item)
    pdf.font(regular).fontSize(points.text)
    const body = { width: pdf.page.width - left - pdf.page.margins.right - points.indent, lineGap: points.lineGap }
    const bottom = pdf.page.height - pdf.page.margins.bottom
    if (pdf.y + Math.min(pdf.heightOfString(text, body), withHeading) > bottom) pdf.addPage()
    const top = pdf.y
    item.add(pdf.struct('Lbl', {}, () => void pdf.text(kind === LetterBlockKind.NUMBERS ? `${index + 1}.` : '•', left, top)))
    item.add(pdf.struct('LBody', {}, () => void pdf.text(spoken(text), left + points.indent, top, body)))
    item.end()
    pdf.x = left
    pdf.y += points.after / 2
  })
  items.end()
  pdf.y += points.after / 2
}

const draw: Partial<Record<LetterBlockKind, typeof paragraph>> = {
  [LetterBlockKind.HEADING]: heading,
  [LetterBlockKind.PARAGRAPH]: paragraph,
  [LetterBlockKind.BULLETS]: list,
  [LetterBlockKind.NUMBERS]: list,
}

// `keptAt`: RFC 3339, when the letter was kept.
export function letterPdf(blocks: readonly LetterBlock[], keptAt: string): Pdf {
  const made = new Date(keptAt)
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 62, bottom: 62, left: 68, right: 68 },
    pdfVersion: '1.7',
    ...accessible,
    lang: 'en-GB',
    displayTitle: true,
    font: regular,
    info: { Title: subjectOf(blocks), CreationDate: made, ModDate: made },
  })
  const letter = pdf.struct('Document')
  pdf.addStructure(letter)
  for (const block of blocks) draw[block.kind]?.(pdf, letter, block)
  letter.end()
  pdf.end()
  return pdf
}
