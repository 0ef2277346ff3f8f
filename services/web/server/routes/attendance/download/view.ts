import type { FieldErrors } from '../../../components/errors'
import { dateInput, radios, select } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import type { Query } from '../../../components/query'
import { breakdownTopic } from '../../../text/words'
import { groups, typedDay } from './form'

export function downloadView(query: Query, errors: FieldErrors) {
  const by = groups.map(topic => ({ value: topic, text: topic === '' ? 'Not broken down' : breakdownTopic(topic) }))
  return {
    ...pageView('Download attendance figures', { back: { href: '/', text: 'Home' }, errors }),
    level: radios(
      { name: 'level', label: 'One row of the file is', errors },
      [
        { value: 'school', text: 'A school' },
        { value: 'pupil', text: 'A pupil at a school', hint: 'Contains UPNs. Keep the file where only those who need it can open it, and delete it afterwards.' },
        { value: 'authority', text: 'The whole authority' },
      ],
      query.level ?? '',
    ),
    by: select('by', 'Broken down by', by, query.by ?? '', errors),
    from: dateInput({ name: 'from', label: 'First day (optional)', hint: 'Left empty: the first day of this academic year', errors }, typedDay(query, 'from')),
    to: dateInput({ name: 'to', label: 'Last day (optional)', hint: 'Left empty: today', errors }, typedDay(query, 'to')),
  }
}
