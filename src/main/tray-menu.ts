/** What the icon beside the clock offers. */
import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopMessage } from '../contract/desktop'

export interface TrayActions {
  show(): void
  tell(message: DesktopMessage): void
  quit(): void
  staysInTray: Switch
  startsAtLogin: Switch
  checksForUpdates: Switch
}

interface Switch {
  isOn(): boolean
  set(on: boolean): void
}

export function describeTray(actions: TrayActions): MenuItemConstructorOptions[] {
  const separator = { type: 'separator' } as const
  const setting = (label: string, { isOn, set }: Switch): MenuItemConstructorOptions => ({
    label,
    type: 'checkbox',
    checked: isOn(),
    click: ({ checked }) => set(checked),
  })
  return [
    { label: 'Open Rapport', click: actions.show },
    { label: 'New lead', click: () => actions.tell({ type: 'command', command: 'newLead' }) },
    { label: 'Log a call', click: () => actions.tell({ type: 'command', command: 'logCall' }) },
    separator,
    setting('Stay here when the window is closed', actions.staysInTray),
    setting('Start with the computer', actions.startsAtLogin),
    setting('Look for updates at each start', actions.checksForUpdates),
    separator,
    { label: 'Quit', click: actions.quit },
  ]
}
