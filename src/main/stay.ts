/** Going on without a window: in the tray, so that reminders come, or not at all where there is none. */
import { setTimeout as wait } from 'node:timers/promises'
import type { SettingsFile } from './settings'

export interface StayNeeds {
  settings: SettingsFile
  /** Whether somebody can come back to the program by its icon. */
  hasTray(): Promise<boolean>
  say(title: string, body: string): void
  quit(): void
}

/** At a login the desktop may still be building its panel. */
const patience = { times: 20, pause: 1000 }

export function createStay(
  { settings, hasTray, say, quit }: StayNeeds,
  { times, pause } = patience,
) {
  const tellOnce = (title: string, body: string) => {
    if (settings.get().toldOfTray) return
    settings.set({ toldOfTray: true })
    say(title, body)
  }
  return {
    hasTray,
    async windowWasHidden(): Promise<void> {
      if (await hasTray()) {
        return tellOnce(
          'Rapport stays in the tray',
          'So reminders come while its window is closed. Quit it from the icon in the tray.',
        )
      }
      tellOnce(
        'Rapport ends with its window',
        'This desktop has no tray to keep it in. Reminders come only while its window is open.',
      )
      quit()
    },
    /** A program that started with the computer waits in the tray; without one its window opens. */
    async startedHidden(show: () => void): Promise<void> {
      for (let round = 0; round < times; round += 1) {
        if (await hasTray()) return
        await wait(pause)
      }
      show()
    },
  }
}
