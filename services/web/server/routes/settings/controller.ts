import type { RequestHandler } from 'express'
import type { Person } from '../../auth/person'
import { render } from '../../components/render'
import type { Services } from '../../services'
import { peopleById } from '../../services/names'
import { settingPages } from './settings'
import { settingsView, type SettingNow } from './view'

export function showSettings({ clients, logger }: Services): RequestHandler {
  return async (_request, response) => {
    const [laCode = 0] = (response.locals.user as Person).laCodes
    const settings = await Promise.all(
      settingPages.map(async (page): Promise<SettingNow> => {
        try {
          return { page, setting: (await page.read(clients, laCode)).setting }
        } catch (error) {
          logger.warn({ err: error }, 'a setting could not be read')
          return { page }
        }
      }),
    )
    const people = await peopleById(clients, settings.flatMap(({ setting }) => setting?.changes.map(({ personId }) => personId) ?? []).filter(id => !id.startsWith('system:')))
    render(response, 'settings/page', settingsView(settings, people))
  }
}
