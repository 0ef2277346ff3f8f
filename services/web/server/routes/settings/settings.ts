import type { AuthoritySetting } from '../../../gen/pathways/common/v1/settings_pb'
import type { Clients } from '../../clients/clients'

// What an authority sets for itself: each belongs to the service that keeps to it.
export interface SettingPage {
  slug: string
  title: string
  // What it does, and from when on.
  words: string
  question: string
  hint: string
  unit: string
  read: (clients: Clients, laCode: number) => Promise<{ setting?: AuthoritySetting }>
  write: (clients: Clients, wish: { laCode: number; value: number; version: bigint }) => Promise<unknown>
}

export const settingPages: SettingPage[] = [
  {
    slug: 'minimum-sessions',
    title: 'Sessions before absence is called persistent or severe',
    words: 'A pupil with fewer possible sessions since September is called neither, so that one week away at the start of the year raises no proposal. A change works out anew which pupils have crossed the line, at once.',
    question: 'How many sessions must be possible?',
    hint: 'A school day has two sessions',
    unit: 'sessions',
    read: ({ attendanceSettings }, laCode) => attendanceSettings.getMinimumSessions({ laCode }),
    write: ({ attendanceSettings }, wish) => attendanceSettings.setMinimumSessions(wish),
  },
  {
    slug: 'decision-days',
    title: 'Time to decide about a request for Early Help',
    words: 'Working days after the school sends it. A change counts for requests sent from then on.',
    question: 'Within how many working days?',
    hint: 'Weekends and bank holidays do not count',
    unit: 'working days',
    read: ({ referralsSettings }, laCode) => referralsSettings.getDecisionDays({ laCode }),
    write: ({ referralsSettings }, wish) => referralsSettings.setDecisionDays(wish),
  },
]
