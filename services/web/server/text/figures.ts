// Counts come as bigint from the wire; none we show exceeds what a number holds exactly.

const grouped = new Intl.NumberFormat('en-GB')

export function count(value: bigint | number): string {
  return grouped.format(value)
}

// "1 session", "2 sessions"
export function plural(value: bigint | number, one: string, many = `${one}s`): string {
  return `${count(value)} ${Number(value) === 1 ? one : many}`
}

// "a", "a and b", "a, b and c"
export function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' and ')
}

// Tenths of a percent, halves away from zero; nothing when there is nothing to divide by.
export function tenths(part: bigint | number, whole: bigint | number): number | undefined {
  return Number(whole) === 0 ? undefined : Math.round((Number(part) * 1000) / Number(whole))
}

// "12.5%", or "not applicable" where there is no whole: never 0% of nothing.
export function percent(part: bigint | number, whole: bigint | number): string {
  const value = tenths(part, whole)
  return value === undefined ? 'not applicable' : `${(value / 10).toFixed(1)}%`
}

export interface Sums {
  possible: bigint
  attended: bigint
  authorised: bigint
  unauthorised: bigint
}

export const noSessions: Sums = { possible: 0n, attended: 0n, authorised: 0n, unauthorised: 0n }

export function absent(sums: Sums): bigint {
  return sums.authorised + sums.unauthorised
}

// "12 of 96 sessions missed"
export function missedOf(missed: bigint | number, possible: bigint | number): string {
  return `${count(missed)} of ${plural(possible, 'session')} missed`
}
