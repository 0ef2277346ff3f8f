import { z } from 'zod'
import { DateForm, OnBadRows } from '../../../../gen/pathways/common/v1/import_pb'
import type { FieldErrors } from '../../../components/errors'
import type { Fields, Start } from './receive'

export const dateForms = { iso: DateForm.ISO, dmy: DateForm.DAY_MONTH_YEAR } as const

const shape = z.object({
  import_id: z.uuid(),
  urn: z.string().regex(/^\d{6}$/),
  on_bad_rows: z.enum(['keep', 'refuse'], { error: 'Select what to do when a row cannot be used' }),
  date_form: z.enum(['iso', 'dmy']).optional(),
})

// How to announce the file to the service, or what is wrong with the form.
export function readStart(fields: Fields, fileName: string, whichSchool: string): { start?: Start; errors: FieldErrors } {
  const errors: FieldErrors = {}
  const parsed = shape.safeParse({ ...fields, date_form: fields.date_form || undefined })
  for (const issue of parsed.error?.issues ?? []) errors[String(issue.path[0])] ??= issue.message
  // Not something a person can mend in the form: the page was tampered with or is very old.
  if (errors.import_id) errors.import_id = 'Load the page again and choose the file once more'
  if (errors.urn) errors.urn = whichSchool
  if (fileName === '') errors.file = 'Select a file'
  if (!parsed.success || fileName === '') return { errors }
  const { import_id: importId, urn, on_bad_rows: onBadRows, date_form: dateForm } = parsed.data
  return {
    errors,
    start: {
      importId,
      fileName: baseName(fileName),
      urn: Number(urn),
      onBadRows: onBadRows === 'keep' ? OnBadRows.KEEP_GOOD : OnBadRows.REFUSE_FILE,
      dateForm: dateForm ? dateForms[dateForm] : DateForm.UNSPECIFIED,
    },
  }
}

// Some browsers send the whole path of the file on the person's computer.
function baseName(fileName: string): string {
  return fileName.split(/[/\\]/).at(-1) ?? fileName
}
