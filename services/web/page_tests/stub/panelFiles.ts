import { create } from '@bufbuild/protobuf'
import { Code, type ServiceImpl } from '@connectrpc/connect'
import { AttachmentKind, AttachmentSchema, ScanState, type Attachment, type AttachmentsService } from '../../gen/pathways/panel/v1/attachments_pb'
import { at, findCase, has, tell, type Fields } from './panelRecords'
import { enter, notFound, violations, type World } from './world'

export interface StubFile {
  attachment: Attachment
  content: Buffer
}

export function addFile(world: World, attachmentId: string, caseId: string, change: Fields<Attachment> = {}, content = Buffer.from('%PDF-1.7\n')): StubFile {
  const made = create(AttachmentSchema, { attachmentId, caseId, fileName: 'Reading assessment.pdf', kind: AttachmentKind.PDF, bytes: BigInt(content.length), digest: 'cd'.repeat(32), scan: ScanState.NOT_SCANNED, addedAt: at, addedBy: 'demo-amara-osei', readable: true, ...change })
  const file = { attachment: made, content }
  world.panel.files.set(attachmentId, file)
  return file
}

function kindOf(name: string, content: Buffer): AttachmentKind {
  if (name.endsWith('.pdf') && content.subarray(0, 5).toString() === '%PDF-') return AttachmentKind.PDF
  throw violations(Code.InvalidArgument, { file: 'The file must be a PDF, Word document (.docx), PNG or JPEG picture, or plain text. Other programs can usually save as PDF' })
}

export function attachments(world: World): Partial<ServiceImpl<typeof AttachmentsService>> {
  const find = (id: string): StubFile => {
    const found = world.panel.files.get(id)
    if (!found) throw notFound('file')
    return found
  }
  return {
    async uploadAttachment(requests, context) {
      const person = enter(world, 'panel', context)
      let start = { attachmentId: '', caseId: '', fileName: '' }
      const parts: Uint8Array[] = []
      for await (const { part } of requests) {
        if (part.case === 'start') start = part.value
        if (part.case === 'data') parts.push(part.value)
      }
      const content = Buffer.concat(parts)
      const found = findCase(world, person, start.caseId)
      const { attachment } = addFile(world, start.attachmentId, start.caseId, { fileName: start.fileName, kind: kindOf(start.fileName, content), addedBy: person.sub }, content)
      tell(world, found, { kind: 'file_added', personId: person.sub, role: person.roles[0], note: start.fileName })
      return { attachment }
    },
    listAttachments(request, context) {
      const person = enter(world, 'panel', context)
      const found = findCase(world, person, request.caseId)
      const reads = has(person, 'school', 'inclusion_officer', 'panel_clerk', 'panel_chair')
      return {
        attachments: reads ? [...world.panel.files.values()].map(({ attachment }) => attachment).filter(({ caseId }) => caseId === request.caseId) : [],
        changeable: !found.sealed && has(person, 'school', 'inclusion_officer', 'panel_clerk'),
        mostBytes: 10n << 20n,
        mostFiles: 20,
      }
    },
    async *downloadAttachment(request, context) {
      enter(world, 'panel', context)
      const { attachment, content } = find(request.attachmentId)
      yield { part: { case: 'attachment' as const, value: attachment } }
      yield { part: { case: 'data' as const, value: content } }
    },
    removeAttachment(request, context) {
      const person = enter(world, 'panel', context)
      const { attachment } = find(request.attachmentId)
      return { attachment: Object.assign(attachment, { removedAt: at, removedBy: person.sub, removedReason: request.reason, readable: attachment.inPack }) }
    },
  }
}
