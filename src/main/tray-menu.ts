/** What the icon beside the clock says and offers. */
import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopCommand, DesktopMessage } from '../contract/desktop'
import type { Host } from '../core/worker/client'
import type { DesktopChoices } from './choices'
import { quickLog } from './menu'

export type Counts = Parameters<Host['showCounts']>[0]

export interface TrayActions {
  show(): void
  tell(message: DesktopMessage): void
  quit(): void
  choices: DesktopChoices
}

export function describeTray(actions: TrayActions, counts: Counts): MenuItemConstructorOptions[] {
  const separator = { type: 'separator' } as const
  const chosen = actions.choices.get()
  const choice = (label: string, name: keyof typeof chosen): MenuItemConstructorOptions => ({
    label,
    type: 'checkbox',
    checked: chosen[name],
    click: ({ checked }) => actions.choices.set({ [name]: checked }),
  })
  const command = (label: string, name: DesktopCommand) => ({
    label,
    click: () => actions.tell({ type: 'command', command: name }),
  })
  return [
    { label: sayCounts(counts), click: () => actions.tell({ type: 'route', path: '/today' }) },
    { label: 'Open Rapport', click: actions.show },
    separator,
    ...quickLog(command),
    separator,
    command('New task…', 'newTask'),
    command('New reminder…', 'newReminder'),
    command('New lead…', 'newLead'),
    separator,
    choice('Stay here when the window is closed', 'staysInTray'),
    choice('Start with the computer', 'startsAtLogin'),
    choice('Look for updates at each start', 'checksForUpdates'),
    separator,
    { label: 'Quit', click: actions.quit },
  ]
}

/** "2 overdue, 3 today". */
export function sayCounts({ overdue, today }: Counts): string {
  const parts = [overdue > 0 && `${overdue} overdue`, today > 0 && `${today} today`].filter(Boolean)
  return parts.join(', ') || 'Nothing due today'
}
