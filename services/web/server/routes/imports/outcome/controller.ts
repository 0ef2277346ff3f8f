import type { Request, RequestHandler } from 'express'
import { Code, ConnectError } from '@connectrpc/connect'
import type { ImportReport } from '../../../../gen/pathways/common/v1/import_pb'
import { fileDeadlineMs } from '../../../clients/clients'
import { isCode } from '../../../clients/problems'
import { render } from '../../../components/render'
import { sendFile } from '../../../components/sendFile'
import { peopleById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import type { ImportKind } from '../kinds'
import { isOver, presentImport } from '../presenter'
import type { RunningImports } from '../runningImports'
import { presentOutcome, presentProgress } from './presenter'
import { failedView, outcomeView, progressView, waitingView } from './view'
import { refusal } from '../upload/controller'

function importIdOf(request: Request): string {
  const { import: importId } = request.params
  if (typeof importId !== 'string' || !/^[\w-]{1,64}$/.test(importId)) throw new ConnectError('no such import', Code.NotFound)
  return importId
}

// The service's record; nothing while it does not know the import yet.
async function find({ clients }: Services, { service }: ImportKind, importId: string): Promise<ImportReport | undefined> {
  try {
    return (await clients[service].getImport({ importId })).report
  } catch (error) {
    if (isCode(error, Code.NotFound)) return undefined
    throw error
  }
}

export function showImport(services: Services, kind: ImportKind, running: RunningImports): RequestHandler {
  return async (request, response) => {
    const importId = importIdOf(request)
    const report = await find(services, kind, importId)
    if (!report) {
      const failure = running.failure(importId)
      if (failure !== undefined) {
        const said = refusal(failure, services.config.maxUploadBytes)
        if (!said) throw failure
        return render(response, 'imports/outcome/failed', failedView(kind, Object.values(said)))
      }
      if (!running.isRunning(importId)) throw new ConnectError('no such import', Code.NotFound)
      return render(response, 'imports/outcome/progress', waitingView(kind))
    }
    const [schools, people] = await Promise.all([schoolsByUrn(services.clients, [report.urn]), peopleById(services.clients, [report.personId])])
    const summary = presentImport(report, schools, people)
    if (!isOver(report.state)) return render(response, 'imports/outcome/progress', progressView(kind, summary, presentProgress(report)))
    render(response, 'imports/outcome/page', outcomeView(kind, summary, presentOutcome(report, kind.words.records), report.urn))
  }
}

export function downloadRefused({ clients }: Services, { service }: ImportKind): RequestHandler {
  return async (request, response) => {
    const importId = importIdOf(request)
    await sendFile(response, clients[service].exportRefusedRows({ importId }, { timeoutMs: fileDeadlineMs }), 'refused-rows.csv')
  }
}
