import { Code, ConnectError } from '@connectrpc/connect'
import { peopleById } from '../../services/names'
import type { FieldErrors } from '../../components/errors'
import type { FormPage } from '../../requestForm/types'
import type { Ask } from '../panel/formPages'
import { settingPages, type SettingPage } from './settings'

interface Bounds {
  least: number
  most: number
}

function pageOf({ slug, question, hint, title }: SettingPage, { least, most }: Bounds): FormPage {
  return {
    slug,
    title,
    questions: [{ key: 'value', kind: 'line', label: question, short: title, hint, required: true, limit: 3, missing: wholeNumber({ least, most }) }],
  }
}

function wholeNumber({ least, most }: Bounds): string {
  return `Enter a whole number from ${least} to ${most}`
}

export function checkValue(said: string, bounds: Bounds): FieldErrors {
  const value = /^\d+$/.test(said.trim()) ? Number(said) : Number.NaN
  return value >= bounds.least && value <= bounds.most ? {} : { value: wholeNumber(bounds) }
}

export const askSetting: Ask = async ({ clients }, request, person) => {
  const found = settingPages.find(({ slug }) => slug === request.params.setting)
  const laCode = person.laCodes[0]
  if (!found || laCode === undefined) throw new ConnectError('no such setting', Code.NotFound)
  const { setting } = await found.read(clients, laCode)
  if (!setting) throw new ConnectError('no setting', Code.Internal)
  const [last] = setting.changes
  const people = await peopleById(clients, last ? [last.personId] : [])
  return {
    page: pageOf(found, setting),
    caption: 'Settings of the authority',
    action: `/settings/${found.slug}`,
    back: { href: '/settings', text: 'Settings' },
    submit: 'Set it',
    intro: `${found.words} The usual number is ${setting.usual}.`,
    stored: { value: String(setting.value) },
    version: setting.version,
    last: last && { what: 'setting', state: '', updatedBy: people.get(last.personId) ?? last.personId, updatedAt: last.at },
    check: ({ value }) => checkValue(value ?? '', setting),
    send: async ({ value }, version) => {
      await found.write(clients, { laCode, value: Number(value), version })
      return { path: '/settings', flash: `Set: ${Number(value)} ${found.unit}.` }
    },
  }
}
