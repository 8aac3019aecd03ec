/** The workspace's settings as the core reads them, kept in memory until they change. */

import { minorDigits } from '../../../contract/kernel/currencies'
import {
  type Workspace as Settings,
  Workspace as settingShapes,
} from '../../../contract/kernel/workspace'
import type { Database } from '../database/database'
import { knownZone } from '../time/zone'

export const defaultSettings: Settings = {
  name: 'My workspace',
  currency: 'USD',
  timezone: 'UTC',
  onboarded: false,
  repsSeeAllContacts: true,
  trashDays: 30,
  backupsKept: 14,
  notificationDays: 90,
  deliveryDays: 30,
  jobRunDays: 30,
  logDays: null,
}

export type Workspace = ReturnType<typeof createWorkspace>

export function createWorkspace(database: Database) {
  let country: { stamp: number; code: string | null } | undefined
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
          .flatMap(({ id, value }) => readSetting(id as keyof Settings, value)),
      ),
    }
    known = { stamp, settings }
    return settings
  }

  return {
    settings,
    /** Whose phone numbers are written without a country code; null where nobody has said. */
    country: (): string | null => {
      const sql = `select ${database.schema.phoneCountry}`
      const stamp = database.stampOf(sql)
      if (country?.stamp !== stamp)
        country = { stamp, code: database.value<string | null>(sql) ?? null }
      return country.code
    },
    timezone: () => knownZone(settings().timezone),
    currency: () => settings().currency,
    /** Major units of the workspace's currency → minor units. */
    minor: (amount: number) => Math.round(amount * 10 ** minorDigits(settings().currency)),
  }
}

/** A stored setting, or nothing where it cannot be one: the default then holds. */
function readSetting(id: keyof Settings, value: string): [string, unknown][] {
  try {
    const read = settingShapes.shape[id].safeParse(JSON.parse(value))
    return read.success ? [[id, read.data]] : []
  } catch {
    return []
  }
}
