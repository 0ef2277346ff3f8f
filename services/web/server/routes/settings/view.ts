import type { AuthoritySetting } from '../../../gen/pathways/common/v1/settings_pb'
import { pageView } from '../../components/pageView'
import { number, text } from '../../components/tables'
import { dateTime } from '../../text/dates'
import type { SettingPage } from './settings'

export interface SettingNow {
  page: SettingPage
  // Absent when its service does not answer.
  setting?: AuthoritySetting
}

function who(personId: string, people: Map<string, string>): string {
  if (personId.startsWith('system:')) return 'Pathways'
  return people.get(personId) ?? 'Somebody you cannot see'
}

function settingView({ page, setting }: SettingNow, people: Map<string, string>) {
  if (!setting) return { title: page.title, words: page.words }
  const { value, usual, changes } = setting
  return {
    title: page.title,
    words: page.words,
    value: `${value} ${page.unit}`,
    note: changes.length === 0 ? 'Nobody has changed it: this is the usual number.' : value === usual ? 'This is the usual number.' : `The usual number is ${usual}.`,
    change: { href: `/settings/${page.slug}`, text: 'Change', hidden: page.title.toLowerCase() },
    table: changes.length > 0 && {
      caption: `Who changed it: ${page.title.toLowerCase()}`,
      captionClasses: 'govuk-visually-hidden',
      head: [text('When'), text('Who'), { ...number('From then on'), classes: 'app-nowrap' }],
      rows: changes.map(change => [text(dateTime(change.at)), text(who(change.personId, people)), number(`${change.value}`)]),
    },
  }
}

export function settingsView(settings: SettingNow[], people: Map<string, string>) {
  return { ...pageView('Settings of the authority'), settings: settings.map(setting => settingView(setting, people)) }
}
