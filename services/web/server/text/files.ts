import { AttachmentKind } from '../../gen/pathways/panel/v1/attachments_pb'

const kinds: Record<AttachmentKind, string> = {
  [AttachmentKind.UNSPECIFIED]: 'File',
  [AttachmentKind.PDF]: 'PDF',
  [AttachmentKind.WORD]: 'Word document',
  [AttachmentKind.PNG]: 'PNG picture',
  [AttachmentKind.JPEG]: 'JPEG picture',
  [AttachmentKind.TEXT]: 'Plain text',
}

export function kindName(kind: AttachmentKind): string {
  return kinds[kind] ?? kinds[AttachmentKind.UNSPECIFIED]
}

const mimes: Partial<Record<AttachmentKind, string>> = {
  [AttachmentKind.PDF]: 'application/pdf',
  [AttachmentKind.WORD]: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  [AttachmentKind.PNG]: 'image/png',
  [AttachmentKind.JPEG]: 'image/jpeg',
  [AttachmentKind.TEXT]: 'text/plain; charset=utf-8',
}

export function mimeOf(kind: AttachmentKind): string {
  return mimes[kind] ?? 'application/octet-stream'
}

// "240 KB", "1.2 MB"
export function size(bytes: bigint): string {
  const kilobytes = Number(bytes) / 1024
  return kilobytes < 1000 ? `${Math.max(1, Math.round(kilobytes))} KB` : `${(kilobytes / 1024).toFixed(1)} MB`
}
