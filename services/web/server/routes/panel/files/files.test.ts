import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { AttachmentKind, AttachmentSchema, ScanState, type Attachment } from '../../../../gen/pathways/panel/v1/attachments_pb'
import { kindName, mimeOf, size } from '../../../text/files'
import { presentFile } from './presenter'

const people = new Map([['a', 'Amara Osei']])

function aFile(change: Partial<Attachment> = {}): Attachment {
  return create(AttachmentSchema, { attachmentId: 'f', caseId: 'c', fileName: 'Report.pdf', kind: AttachmentKind.PDF, bytes: 250_000n, scan: ScanState.NOT_SCANNED, addedAt: '2026-11-24T09:15:00Z', addedBy: 'a', readable: true, ...change } as never)
}

describe('A file of a case', () => {
  test('says what it is, who added it, and that nobody scanned it', () => {
    expect(presentFile(aFile(), people, true)).toMatchObject({ name: 'Report.pdf', href: '/panel/cases/c/files/f', what: 'PDF, 244 KB', added: 'Added 24 November 2026 at 9:15am, by Amara Osei', scan: 'Not scanned for viruses: no scanner is set up here', removed: '', removeHref: '/panel/cases/c/files/f/remove' })
    expect(presentFile(aFile({ scan: ScanState.CLEAN }), people, false)).toMatchObject({ scan: 'Scanned for viruses: nothing found', removeHref: undefined })
  })
  test('that was taken off has no link to its content, and says who and why', () => {
    const row = presentFile(aFile({ removedAt: '2026-11-24T10:00:00Z', removedBy: 'b', removedReason: 'Wrong pupil.', readable: false }), people, true)
    expect(row).toMatchObject({ href: undefined, removeHref: undefined, removed: 'Taken off 24 November 2026 at 10:00am, by a colleague', why: 'Wrong pupil.' })
  })
  test('is sent as what it is', () => {
    expect([size(1n), size(1024n * 1024n * 3n), kindName(AttachmentKind.WORD), mimeOf(AttachmentKind.TEXT)]).toEqual(['1 KB', '3.0 MB', 'Word document', 'text/plain; charset=utf-8'])
  })
})
