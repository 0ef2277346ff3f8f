import { create } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { AuthoritySettingSchema } from '../../../gen/pathways/common/v1/settings_pb'
import { checkValue } from './form'
import { settingPages } from './settings'
import { settingsView } from './view'

const [page] = settingPages

function shown(setting: Parameters<typeof create<typeof AuthoritySettingSchema>>[1]) {
  return settingsView([{ page: page!, setting: create(AuthoritySettingSchema, setting) }], new Map([['p1', 'Ruth Lindqvist']])).settings[0]!
}

describe('Settings', () => {
  it('say what holds where nobody has changed it', () => {
    expect(shown({ value: 20, usual: 20 })).toMatchObject({ value: '20 sessions', note: 'Nobody has changed it: this is the usual number.', table: false })
  })

  it('tell who changed it and when, newest first, without naming whom one cannot see', () => {
    const view = shown({
      value: 30,
      usual: 20,
      version: 3n,
      changes: [
        { version: 3n, value: 30, at: '2026-11-24T09:00:00Z', personId: 'p1' },
        { version: 2n, value: 25, at: '2026-10-01T09:00:00Z', personId: 'p2' },
        { version: 1n, value: 22, at: '2026-09-01T09:00:00Z', personId: 'system:migration' },
      ],
    })
    expect(view.note).toBe('The usual number is 20.')
    const { rows } = view.table as { rows: { text?: string }[][] }
    expect(rows.map(row => row[1]?.text)).toEqual(['Ruth Lindqvist', 'Somebody you cannot see', 'Pathways'])
    expect(rows.map(row => row[2]?.text)).toEqual(['30', '25', '22'])
  })

  it('say when a service does not answer', () => {
    expect(settingsView([{ page: page! }], new Map()).settings[0]).not.toHaveProperty('value')
  })

  it('take whole numbers within the bounds', () => {
    const bounds = { least: 1, most: 20 }
    for (const good of ['1', '20', ' 5 ']) expect(checkValue(good, bounds)).toEqual({})
    for (const wrong of ['0', '21', '2.5', '-1', 'two', '1e1', '']) expect(checkValue(wrong, bounds)).toEqual({ value: 'Enter a whole number from 1 to 20' })
  })
})
