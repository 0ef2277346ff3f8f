import { errorMessage, type FieldErrors } from '../../../components/errors'
import { radios, select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import type { ImportKind } from '../kinds'
import type { Fields } from './receive'

const badRows: Option[] = [
  { value: 'keep', text: 'Keep the good rows', hint: 'You get the others back as a file to correct and send again' },
  { value: 'refuse', text: 'Refuse the whole file', hint: 'Nothing is kept unless every row is good' },
]

const dates: Option[] = [
  { value: 'dmy', text: 'Day first, such as 01/09/2026' },
  { value: 'iso', text: 'Year first, such as 2026-09-01' },
]

export function uploadView(kind: ImportKind, schools: Option[], fields: Fields, errors: FieldErrors, maxBytes: number) {
  const [only] = schools
  return {
    ...pageView(kind.words.send, { back: { href: kind.path, text: kind.words.plural }, errors }),
    path: kind.path,
    intro: kind.words.intro,
    importId: fields.import_id,
    onlySchool: schools.length === 1 ? only : undefined,
    school: select('urn', 'Which school is it from?', [{ value: '', text: 'Select a school' }, ...schools], fields.urn ?? '', errors),
    badRows: radios({ name: 'on_bad_rows', label: 'If some rows cannot be used', errors }, badRows, fields.on_bad_rows ?? 'keep'),
    dates:
      fields.dates === 'ask' || fields.date_form || errors.date_form
        ? radios({ name: 'date_form', label: 'How are the dates in the file written?', errors }, dates, fields.date_form ?? '')
        : undefined,
    file: {
      id: 'file',
      name: 'file',
      label: { text: kind.words.file, classes: 'govuk-label--m' },
      hint: { text: `CSV, up to ${Math.floor(maxBytes / 1024 / 1024)} MB. ${kind.words.hint}` },
      attributes: { accept: '.csv,text/csv' },
      errorMessage: errorMessage(errors, 'file'),
    },
  }
}
