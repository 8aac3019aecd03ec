/** What the palette offers on every screen, and which of it fits what was typed. */
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCalendarEvent,
  IconCheckbox,
  IconDeviceDesktop,
  IconKeyboard,
  IconMail,
  IconMoon,
  IconNote,
  IconPencil,
  IconPhone,
  IconSun,
} from '@tabler/icons-react'
import { fold } from '../../../../contract/kernel/fold'
import type { PaletteAction } from '../../../app/area'
import { shortcuts } from '../../../app/shortcuts'

const logs = [
  { name: 'logCall', icon: IconPhone },
  { name: 'logEmail', icon: IconMail },
  { name: 'logMeeting', icon: IconCalendarEvent },
  { name: 'logNote', icon: IconNote },
  { name: 'logTask', icon: IconCheckbox },
] as const

/** Logging works on the record in front; elsewhere it opens the form that asks for one. */
const logActions: PaletteAction[] = logs.map(({ name, icon }) => ({
  id: name,
  label: shortcuts[name].label,
  group: 'Log',
  icon,
  keys: shortcuts[name].keys,
  permission: 'write',
  run: (app) => {
    if (!app.press(name)) {
      app.create('activity', { initial: { type: name.slice('log'.length).toLowerCase() } })
    }
  },
}))

export const commonActions: readonly PaletteAction[] = [
  ...logActions,
  {
    id: 'undo',
    label: 'Undo the latest change',
    group: 'Do',
    icon: IconArrowBackUp,
    keys: 'mod+z',
    permission: 'write',
    run: (app) => app.undo(),
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Do',
    icon: IconArrowForwardUp,
    keys: 'mod+shift+z',
    permission: 'write',
    run: (app) => app.redo(),
  },
  {
    id: 'drafts',
    label: 'Drafts',
    description: 'What you typed and have not saved',
    group: 'Go to',
    icon: IconPencil,
    keywords: ['unsaved', 'minimised', 'continue'],
    run: (app) => app.openDrafts(),
  },
  {
    id: 'keyboard-map',
    label: 'Keyboard map',
    group: 'Do',
    icon: IconKeyboard,
    keywords: ['shortcuts', 'help'],
    keys: '?',
    run: (app) => app.openKeyboardMap(),
  },
  {
    id: 'theme-light',
    label: 'Light theme',
    group: 'Do',
    icon: IconSun,
    keywords: ['colour', 'color', 'appearance'],
    run: (app) => app.setColorScheme('light'),
  },
  {
    id: 'theme-dark',
    label: 'Dark theme',
    group: 'Do',
    icon: IconMoon,
    keywords: ['colour', 'color', 'appearance', 'night'],
    run: (app) => app.setColorScheme('dark'),
  },
  {
    id: 'theme-auto',
    label: 'Theme as the system',
    group: 'Do',
    icon: IconDeviceDesktop,
    keywords: ['colour', 'color', 'appearance', 'auto'],
    run: (app) => app.setColorScheme('auto'),
  },
]

/** Whether every word typed begins a word of the action's label, group or keywords. */
export function matches(
  action: Pick<PaletteAction, 'label' | 'group' | 'keywords'>,
  query: string,
): boolean {
  const words = fold([action.label, action.group, ...(action.keywords ?? [])].join(' ')).split(
    /\s+/,
  )
  return fold(query)
    .split(/\s+/)
    .filter(Boolean)
    .every((typed) => words.some((word) => word.startsWith(typed)))
}
