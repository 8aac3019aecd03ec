/** What somebody can choose about the program on this machine, from the tray or from the screens. */
import type { IpcMain } from 'electron'
import { z } from 'zod'
import type { DesktopSettings } from '../contract/desktop'
import type { LoginStart } from './login'
import { isOurFrame } from './security'
import type { SettingsFile } from './settings'

const Choices = z.object({
  staysInTray: z.boolean(),
  startsAtLogin: z.boolean(),
  checksForUpdates: z.boolean(),
})
type Choices = z.infer<typeof Choices>
/** What is not named stays as it is. */
const Changes = Choices.partial()

export interface DesktopChoices {
  get(): Choices
  set(changes: z.infer<typeof Changes>): void
}

/** @param changed called after each change */
export function createChoices(
  settings: SettingsFile,
  login: LoginStart,
  changed: () => void,
): DesktopChoices {
  return {
    get() {
      const { staysInTray, checksForUpdates } = settings.get()
      return { staysInTray, checksForUpdates, startsAtLogin: login.isOn() }
    },
    set({ startsAtLogin, staysInTray, checksForUpdates }) {
      if (startsAtLogin !== undefined) login.set(startsAtLogin)
      settings.set({
        ...(staysInTray !== undefined && { staysInTray }),
        ...(checksForUpdates !== undefined && { checksForUpdates }),
      })
      changed()
    },
  }
}

/** Lets the screens read and change them; any other page is refused. */
export function offerChoices(
  ipc: Pick<IpcMain, 'handle'>,
  choices: DesktopChoices,
  hasTray: () => Promise<boolean>,
  origin: string,
): void {
  const answer = async (): Promise<DesktopSettings> => ({
    ...choices.get(),
    hasTray: await hasTray(),
  })
  ipc.handle('rapport:settings', ({ senderFrame }, given: unknown) => {
    if (!isOurFrame(senderFrame, origin)) throw new Error('This page may not ask.')
    if (given !== undefined) choices.set(Changes.parse(given))
    return answer()
  })
}
