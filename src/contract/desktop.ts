/** What the desktop program tells the screens: the menu, the tray and links from outside speak in these words. */

/** Things the screens can be asked to do wherever the user is. */
export const desktopCommands = [
  'newLead',
  'newCompany',
  'newContact',
  'logCall',
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

/** What the bridge puts on the page as `window.rapport`. */
export interface DesktopBridge {
  /** As Node names it: darwin, linux, win32. */
  platform: string
  /** Hears each message, those included that came before. Answers how to stop. */
  onMessage(listener: (message: DesktopMessage) => void): () => void
}
