/** The workspace's settings as the core reads them, kept at hand until they change. */

import { minorDigits } from '../../contract/money'
import type { Workspace as Settings } from '../../contract/settings'
import type { Database } from './database'

export const defaultSettings: Settings = {
  name: 'My workspace',
  currency: 'USD',
  timezone: 'UTC',
  onboarded: false,
  trashDays: 30,
  backupsKept: 14,
  notificationDays: 90,
  deliveryDays: 30,
  jobRunDays: 30,
}

export type Workspace = ReturnType<typeof createWorkspace>

export function createWorkspace(database: Database) {
  let known: { stamp: number; settings: Settings } | undefined

  function settings(): Settings {
    const stamp = database.stampOf('setting')
    if (known?.stamp === stamp) return known.settings
    const stored = database.all<{ id: string; value: string }>('select id, value from setting')
    const settings = {
      ...defaultSettings,
      ...Object.fromEntries(
        stored
          // Areas keep rows of their own beside these.
          .filter(({ id }) => id in defaultSettings)
          .map(({ id, value }) => [id, JSON.parse(value)]),
      ),
    }
    known = { stamp, settings }
    return settings
  }

  return {
    settings,
    timezone: () => settings().timezone,
    currency: () => settings().currency,
    /** Major units of the workspace's currency → minor units. */
    minor: (amount: number) => Math.round(amount * 10 ** minorDigits(settings().currency)),
  }
}
