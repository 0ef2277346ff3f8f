import { errorMessage, type FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import type { CaseHeader } from '../header'
import type { FileRow } from './presenter'

export interface FilesPage {
  header: CaseHeader
  files: FileRow[]
  changeable: boolean
  // Those who read no words of the case read no files.
  hidden: boolean
  mostBytes: number
  id: string
  errors: FieldErrors
}

export function filesView({ header, files, changeable, hidden, mostBytes, id, errors }: FilesPage) {
  return {
    ...pageView(`Files: ${header.title}`, { back: header.back, errors }),
    header,
    hidden,
    files: files.filter(({ removed }) => removed === ''),
    removed: files.filter(({ removed }) => removed !== ''),
    id,
    upload: changeable
      ? {
          id: 'file',
          name: 'file',
          label: { text: 'Add a file', classes: 'govuk-label--m' },
          hint: { text: `PDF, Word document (.docx), PNG or JPEG picture, or plain text, up to ${Math.floor(mostBytes / 1024 / 1024)} MB.` },
          attributes: { accept: '.pdf,.docx,.png,.jpg,.jpeg,.txt' },
          errorMessage: errorMessage(errors, 'file'),
        }
      : undefined,
  }
}
