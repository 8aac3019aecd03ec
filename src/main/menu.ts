/** The application menu: every item works, and does what the platform's users expect under that name. */
import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopCommand, DesktopMessage } from '../contract/desktop'

export interface MenuActions {
  /** Tells the screens; opens the window first where it is closed. */
  tell(message: DesktopMessage): void
  openDataFolder(): void
  checkForUpdates(): void
  quit(): void
}

export function describeMenu(
  actions: MenuActions,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const command = (label: string, name: DesktopCommand, accelerator?: string) => ({
    label,
    click: () => actions.tell({ type: 'command', command: name }),
    // The screens hear the keys themselves; a second handling here would do everything twice.
    ...(accelerator && { accelerator, registerAccelerator: false }),
  })
  const route = (label: string, path: string, accelerator?: string) => ({
    label,
    click: () => actions.tell({ type: 'route', path }),
    ...(accelerator && { accelerator }),
  })
  const separator = { type: 'separator' } as const
  const settings = route('Settings…', '/settings', 'CmdOrCtrl+,')
  const updates = { label: 'Look for updates', click: actions.checkForUpdates }

  const program: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      updates,
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
  return [
    ...(isMac ? [program] : []),
    {
      label: '&File',
      submenu: [
        command('New lead', 'newLead'),
        command('New company', 'newCompany'),
        command('New contact', 'newContact'),
        command('New task', 'newTask'),
        command('New reminder', 'newReminder'),
        separator,
        ...quickLog(command),
        separator,
        route('Import…', '/import'),
        { label: 'Open data folder', click: actions.openDataFolder },
        separator,
        ...(isMac
          ? [{ role: 'close' } as const]
          : [settings, separator, { label: 'Quit', accelerator: 'Ctrl+Q', click: actions.quit }]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        command('Undo', 'undo', 'CmdOrCtrl+Z'),
        command('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        separator,
        command('Find…', 'search', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: '&View',
      submenu: [
        route('Today', '/today'),
        route('Pipeline', '/pipeline'),
        route('Leads', '/leads'),
        route('Companies', '/companies'),
        route('Contacts', '/contacts'),
        route('Customers', '/customers'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'reload' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: '&Window', role: 'windowMenu' },
    {
      label: '&Help',
      role: 'help',
      submenu: [
        command('Keyboard shortcuts', 'shortcuts'),
        ...(isMac ? [] : [updates, separator, { role: 'about' } as const]),
      ],
    },
  ]
}

/** What is logged most, as the menu and the tray name it. */
export const quickLog = <Item>(command: (label: string, name: DesktopCommand) => Item): Item[] => [
  command('Log a call', 'logCall'),
  command('Log an e-mail', 'logEmail'),
  command('Log a meeting', 'logMeeting'),
  command('Log a note', 'logNote'),
]
