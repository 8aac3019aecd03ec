/** What the desktop program remembers on this machine, apart from the database. */
import { z } from 'zod'
import { readJson, writeJson } from './files'

const Settings = z.object({
  placement: z
    .object({
      x: z.number().int(),
      y: z.number().int(),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      maximized: z.boolean(),
    })
    .nullable()
    .catch(null),
  /** Closing the window leaves the program in the tray. */
  staysInTray: z.boolean().catch(true),
  /** It was said what becomes of the program when its window is closed. */
  toldOfTray: z.boolean().catch(false),
  /** Looks for a new version at each start. */
  checksForUpdates: z.boolean().catch(false),
})
export type Settings = z.infer<typeof Settings>

export interface SettingsFile {
  get(): Settings
  /** Kept in memory even where the file cannot be written. */
  set(changes: Partial<Settings>): void
}

/** A missing or damaged file, or a wrong value in it, counts as the usual setting. */
export function openSettings(file: string, report: (error: unknown) => void): SettingsFile {
  let settings = Settings.safeParse(readJson(file)).data ?? Settings.parse({})
  return {
    get: () => settings,
    set(changes) {
      settings = { ...settings, ...changes }
      try {
        writeJson(file, settings)
      } catch (error) {
        report(error)
      }
    },
  }
}
