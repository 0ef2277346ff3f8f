import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler } from 'express'
import type { GetLetterTemplateResponse, LetterBlock, LetterTemplate } from '../../../gen/pathways/common/v1/letters_pb'
import type { Clients } from '../../clients/clients'
import { isCode, isConflict, violationsOf } from '../../clients/problems'
import type { FieldErrors } from '../../components/errors'
import { field, readQuery } from '../../components/query'
import { render, seeOther } from '../../components/render'
import { readVersion } from '../../components/version'
import { renderConflict } from '../../services/conflict'
import { peopleById } from '../../services/names'
import type { Services } from '../../services'
import type { TemplateSource } from './source'
import { templatesView, templateView } from './view'

export function showTemplates({ clients }: Services, source: TemplateSource): RequestHandler {
  return async (_request, response) => {
    const listed = await source.client(clients).listLetterTemplates({})
    const people = await peopleById(clients, listed.templates.map(({ updatedBy }) => updatedBy))
    render(response, 'letters/templates', templatesView(source, listed, people))
  }
}

type Found = GetLetterTemplateResponse & { template: LetterTemplate }

async function load(clients: Clients, source: TemplateSource, request: Request, which: { version?: bigint; shipped?: boolean } = {}): Promise<{ found: Found; people: Map<string, string> }> {
  const kind = String(request.params.kind)
  try {
    const found = await source.client(clients).getLetterTemplate({ kind, ...which })
    if (!found.template) throw new ConnectError('no such template', Code.NotFound)
    return { found: found as Found, people: await peopleById(clients, found.history.map(({ updatedBy }) => updatedBy)) }
  } catch (error) {
    if (isCode(error, Code.InvalidArgument)) throw new ConnectError('no such template', Code.NotFound)
    throw error
  }
}

// The version in the address is only looked at; saving it makes it the newest.
export function editTemplate({ clients }: Services, source: TemplateSource): RequestHandler {
  return async (request, response) => {
    const { version } = readQuery(request, ['version'])
    const inForce = await load(clients, source, request)
    const shipped = version === 'shipped'
    const earlier = version !== undefined && /^\d{1,9}$/.test(version) ? BigInt(version) : 0n
    const { found } = shipped || earlier > 0n ? await load(clients, source, request, { shipped, version: earlier }) : inForce
    const editing = { source, ...inForce, text: found.template.text, version: inForce.found.template.version, preview: found.preview }
    render(response, 'letters/template', templateView(editing, {}))
  }
}

export function saveTemplate(services: Services, source: TemplateSource): RequestHandler {
  const { clients } = services
  return async (request, response) => {
    const kind = String(request.params.kind)
    const text = field(request.body, 'text').replaceAll('\r\n', '\n')
    const version = readVersion(request.body)
    const show = async (errors: FieldErrors, preview: readonly LetterBlock[]) => {
      const { found, people } = await load(clients, source, request)
      render(response, 'letters/template', templateView({ source, found, people, text, version, preview }, errors))
    }
    const { problems, preview } = await source.client(clients).checkLetterTemplate({ kind, text })
    if (problems.length > 0) return show({ text: problems.join('\n') }, [])
    if (field(request.body, 'action') !== 'save') return show({}, preview)
    try {
      await source.client(clients).saveLetterTemplate({ kind, text, version })
    } catch (error) {
      if (isConflict(error)) return conflict(services, source, request, text).then(one => renderConflict(response, clients, one))
      const said = violationsOf(error).map(({ description }) => description)
      if (said.length === 0) throw error
      return show({ text: said.join('\n') }, [])
    }
    request.session.flash = 'The wording is saved. Letters from now on use it.'
    await seeOther(response, `${source.path}/${kind}`)
  }
}

async function conflict({ clients }: Services, source: TemplateSource, request: Request, mine: string) {
  const { found } = await load(clients, source, request)
  const { kind, text, version, updatedBy, updatedAt } = found.template
  const action = `${source.path}/${kind}`
  return {
    what: 'template',
    state: '',
    updatedBy,
    updatedAt,
    versions: [{ question: 'Wording', yours: mine, theirs: text }],
    again: { action, fields: [['version', String(version)], ['action', 'save'], ['text', mine]] as [string, string][], text: 'Replace it with mine' },
    keep: { href: action, text: 'Keep theirs' },
  }
}
