import { count } from '../../text/figures'

export interface WorkItem {
  count: string
  text: string
  href: string
  more?: { text: string; href: string }
  urgent: boolean
}

// `one` is said of a single thing, `many` of any other number.
export function item(value: bigint, [one, many]: [string, string], href: string, urgent = false): WorkItem {
  return { count: count(value), text: value === 1n ? one : many, href, urgent: urgent && value > 0n }
}
