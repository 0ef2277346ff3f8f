import { z } from 'zod'
import { ExportLevel } from '../../../../gen/pathways/attendance/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import type { Query } from '../../../components/query'
import { isDay } from '../../../text/dates'

export const levels = { school: ExportLevel.SCHOOL, pupil: ExportLevel.PUPIL, authority: ExportLevel.AUTHORITY }
export const groups = ['', 'sen_provision', 'pupil_premium', 'sex', 'year_group', 'looked_after'] as const

const form = z.object({
  level: z.enum(['school', 'pupil', 'authority'], { error: 'Select what one row of the file stands for' }),
  by: z.enum(groups).default(''),
})

export interface Download {
  level: ExportLevel
  by: string
  from: string
  to: string
}

export function typedDay(query: Query, name: string): string {
  const part = (unit: string) => query[`${name}-${unit}`] ?? ''
  if (!part('day') && !part('month') && !part('year')) return ''
  return `${part('year')}-${part('month').padStart(2, '0')}-${part('day').padStart(2, '0')}`
}

// What to ask for, or what is wrong with the form.
export function readDownload(query: Query): { ask?: Download; errors: FieldErrors } {
  const errors: FieldErrors = {}
  const parsed = form.safeParse(query)
  for (const issue of parsed.error?.issues ?? []) errors[String(issue.path[0])] = issue.message
  const from = typedDay(query, 'from')
  const to = typedDay(query, 'to')
  if (from && !isDay(from)) errors.from = 'Enter a real first day, such as 1 9 2026'
  if (to && !isDay(to)) errors.to = 'Enter a real last day, such as 18 12 2026'
  if (from && to && !errors.from && !errors.to && to < from) errors.to = 'The last day must not be before the first'
  if (!parsed.success || Object.keys(errors).length > 0) return { errors }
  return { ask: { level: levels[parsed.data.level], by: parsed.data.by, from, to }, errors }
}
