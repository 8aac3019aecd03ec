/** What the desktop program tells the screens: the menu, the tray and links from outside speak in these words. */

import type { Opening } from './kernel/opening'

/** Things the screens can be asked to do wherever the user is. */
export const desktopCommands = [
  'newLead',
  'newCompany',
  'newContact',
  'newTask',
  'newReminder',
  'logCall',
  'logEmail',
  'logMeeting',
  'logNote',
  'search',
  'shortcuts',
  'undo',
  'redo',
] as const
export type DesktopCommand = (typeof desktopCommands)[number]

export type DesktopMessage =
  | { type: 'command'; command: DesktopCommand }
  /** A place in the screens' own router, e.g. `/leads`. */
  | { type: 'route'; path: string }
  /** The page of a record; a kind without pages leads to what waits. */
  | { type: 'record'; kind: string; id: string }

/** What can be chosen about the program on this machine. */
export interface DesktopSettings {
  /** Closing the window leaves the program in the tray. */
  staysInTray: boolean
  startsAtLogin: boolean
  checksForUpdates: boolean
  /** Whether this desktop has a place for the program's icon; without one closing the window quits. */
  hasTray: boolean
}

/** What the bridge puts on the page as `window.rapport`. */
export interface DesktopBridge {
  /** As Node names it: darwin, linux, win32. */
  platform: string
  /** Hears each message, those included that came before. Answers how to stop. */
  onMessage(listener: (message: DesktopMessage) => void): () => void
  /** What takes long before the core can answer. */
  opening(): Promise<Opening>
  /** Answers the settings of this machine, after what is given was changed. */
  settings(changes?: Partial<Omit<DesktopSettings, 'hasTray'>>): Promise<DesktopSettings>
}
