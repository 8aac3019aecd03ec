import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { type DesktopMessage, desktopCommands } from '../contract/desktop'
import { describeMenu } from './menu'
import { describeTray, sayCounts } from './tray-menu'

const platforms = ['darwin', 'linux', 'win32'] as const

function record() {
  const done: unknown[] = []
  return {
    done,
    tell: (message: DesktopMessage) => void done.push(message),
    show: () => void done.push('show'),
    quit: () => void done.push('quit'),
    openDataFolder: () => void done.push('openDataFolder'),
    checkForUpdates: () => void done.push('checkForUpdates'),
  }
}

function leaves(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => (Array.isArray(item.submenu) ? leaves(item.submenu) : [item]))
}
const press = (item: MenuItemConstructorOptions, checked = false) =>
  (item.click as (item: { checked: boolean }) => void)?.({ checked })

describe('The application menu', () => {
  it.each(platforms)('has no item without effect on %s', (platform) => {
    const actions = record()
    for (const item of leaves(describeMenu(actions, platform))) {
      const before = actions.done.length
      press(item)
      const acted = actions.done.length > before
      expect(acted || item.role !== undefined || item.type === 'separator', item.label).toBe(true)
    }
  })

  it.each(platforms)(
    'offers every command of the screens but one that needs no menu on %s',
    (platform) => {
      const actions = record()
      for (const item of leaves(describeMenu(actions, platform))) press(item)
      const told = actions.done.flatMap((one) =>
        one instanceof Object && 'command' in one ? [one.command] : [],
      )
      expect(new Set(told)).toEqual(new Set(desktopCommands))
    },
  )

  it('can be quit from on each platform, and has each shortcut once', () => {
    for (const platform of platforms) {
      const items = leaves(describeMenu(record(), platform))
      expect(items.some((item) => item.role === 'quit' || item.label === 'Quit')).toBe(true)
      const keys = items.flatMap((item) => (item.accelerator ? [item.accelerator] : []))
      expect(new Set(keys).size).toBe(keys.length)
    }
  })
})

describe('The tray', () => {
  const none = { overdue: 0, today: 0, unread: 0 }

  it('leads to today, opens, logs, creates and quits, and keeps what is ticked', () => {
    const ticked: unknown[] = []
    const actions = record()
    const items = describeTray(
      {
        ...actions,
        choices: {
          get: () => ({ staysInTray: false, startsAtLogin: true, checksForUpdates: false }),
          set: (changes) => void ticked.push(changes),
        },
      },
      none,
    )
    expect(items.filter((item) => item.type === 'checkbox').map((item) => item.checked)).toEqual([
      false,
      true,
      false,
    ])
    for (const item of items) if (item.type !== 'separator') press(item, true)
    expect(ticked).toEqual([
      { staysInTray: true },
      { startsAtLogin: true },
      { checksForUpdates: true },
    ])
    const command = (name: string) => ({ type: 'command', command: name })
    expect(actions.done).toEqual([
      { type: 'route', path: '/today' },
      'show',
      ...['logCall', 'logEmail', 'logMeeting', 'logNote'].map(command),
      ...['newTask', 'newReminder', 'newLead'].map(command),
      'quit',
    ])
  })

  it('says what is due', () => {
    expect(sayCounts(none)).toBe('Nothing due today')
    expect(sayCounts({ ...none, today: 3 })).toBe('3 today')
    expect(sayCounts({ ...none, overdue: 2 })).toBe('2 overdue')
    expect(sayCounts({ overdue: 2, today: 3, unread: 9 })).toBe('2 overdue, 3 today')
  })
})
