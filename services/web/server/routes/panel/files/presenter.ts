import { ScanState, type Attachment } from '../../../../gen/pathways/panel/v1/attachments_pb'
import { dateTime } from '../../../text/dates'
import { kindName, size } from '../../../text/files'

export interface FileRow {
  name: string
  // Absent where the content cannot be read.
  href?: string
  what: string
  added: string
  scan: string
  removed: string
  why: string
  inPack: boolean
  removeHref?: string
}

// A scanner that is not there is said so: nobody shall think that somebody looked.
function scanWords({ scan }: Attachment): string {
  return scan === ScanState.CLEAN ? 'Scanned for viruses: nothing found' : 'Not scanned for viruses: no scanner is set up here'
}

export function presentFile(file: Attachment, people: Map<string, string>, changeable: boolean): FileRow {
  const by = (id: string) => people.get(id) ?? 'a colleague'
  const path = `/panel/cases/${file.caseId}/files/${file.attachmentId}`
  const there = file.removedAt === ''
  return {
    name: file.fileName,
    href: file.readable ? path : undefined,
    what: `${kindName(file.kind)}, ${size(file.bytes)}`,
    added: `Added ${dateTime(file.addedAt)}, by ${by(file.addedBy)}`,
    scan: scanWords(file),
    removed: there ? '' : `Taken off ${dateTime(file.removedAt)}, by ${by(file.removedBy)}`,
    why: file.removedReason,
    inPack: file.inPack,
    removeHref: there && changeable ? `${path}/remove` : undefined,
  }
}
