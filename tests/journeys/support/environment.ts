import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: './pathways test journeys' sets it`)
  return value
}

export const url = needed('PATHWAYS_URL')
// The run's folder: what the demonstration borough was made from, and the logs.
export const run = needed('PATHWAYS_RUN')
const cli = needed('PATHWAYS_CLI')

export type Row = Record<string, string>

export function readCsv(text: string): Row[] {
  return parse(text, { columns: true, bom: true }) as Row[]
}

// Figures as the command line exports them, all rights: what pages say is held against them.
export async function exported(...what: string[]): Promise<Row[]> {
  const { stdout } = await promisify(execFile)(cli, ['export', ...what], { maxBuffer: 64 * 1024 * 1024 })
  return readCsv(stdout)
}
