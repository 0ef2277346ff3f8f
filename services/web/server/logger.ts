import { pino, type Logger } from 'pino'

export type { Logger }

// Logs say which page and which outcome, never who or about whom: paths are logged as their route pattern, so that no
// pupil's id, search text or file name reaches a log.
export function createLogger(level: string): Logger {
  return pino({ level, base: { service: 'web' }, timestamp: pino.stdTimeFunctions.isoTime })
}
