import { setTimeout as wait } from 'node:timers/promises'
import type { ImportReport } from '../../../gen/pathways/common/v1/import_pb'

export type Outcome = { report: ImportReport } | { error: unknown } | 'running'

const keptMs = 60 * 60_000

// Imports whose file has come in whole but whose service has not answered yet, and those that failed before the service
// knew of them. The service's own record (GetImport) is the truth; this only bridges what it cannot tell.
export class RunningImports {
  readonly #running = new Set<string>()
  readonly #failed = new Map<string, { error: unknown; until: number }>()

  follow(importId: string, outcome: Promise<ImportReport>): void {
    this.#running.add(importId)
    void outcome
      .catch((error: unknown) => this.#failed.set(importId, { error, until: Date.now() + keptMs }))
      .finally(() => this.#running.delete(importId))
  }

  isRunning(importId: string): boolean {
    return this.#running.has(importId)
  }

  failure(importId: string): unknown {
    const now = Date.now()
    for (const [id, { until }] of this.#failed) if (until < now) this.#failed.delete(id)
    return this.#failed.get(importId)?.error
  }
}

// The outcome if it comes within the time; a page should not wait longer.
export async function outcomeWithin(outcome: Promise<ImportReport>, milliseconds: number): Promise<Outcome> {
  const settled = outcome.then(
    (report): Outcome => ({ report }),
    (error: unknown): Outcome => ({ error }),
  )
  return Promise.race([settled, wait(milliseconds, 'running' as const)])
}
