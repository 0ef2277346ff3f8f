import { Code } from '@connectrpc/connect'
import { isCode } from '../clients/problems'

// Pages that gather from several services show what they got. `missing` collects what did not answer, to say so.
export class Gathering {
  readonly missing: string[] = []

  // The answer; nothing when the caller has no right to it, or when the service does not answer now.
  async get<T>(what: string, call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call()
    } catch (error) {
      if (isCode(error, Code.PermissionDenied)) return undefined
      if (!isCode(error, Code.Unavailable, Code.DeadlineExceeded)) throw error
      // Several calls of one service are one thing to people.
      if (!this.missing.includes(what)) this.missing.push(what)
      return undefined
    }
  }
}
