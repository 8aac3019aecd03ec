/** The bar on top: search, create, undo history, theme. */
import {
  ActionIcon,
  type MantineColorScheme,
  Menu,
  Tooltip,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core'
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { Suspense } from 'react'
import { useApp } from './actions'
import { areas } from './areas'
import type { CreatableKind } from './create'
import { Keys } from './Keys'
import { Logo } from './Logo'
import { kinds } from './records'
import classes from './TopBar.module.css'
import { UndoHistory } from './UndoHistory'

const creatable: Exclude<CreatableKind, 'entry'>[] = [
  'lead',
  'company',
  'contact',
  'activity',
  'task',
  'reminder',
]

const indicators = areas.flatMap(({ indicator }, index) =>
  indicator ? [{ name: String(index), Indicator: indicator }] : [],
)

export function TopBar() {
  const app = useApp()
  return (
    <header className={classes.bar}>
      <span className={classes.logo}>
        <Logo size={26} />
      </span>
      <UnstyledButton
        className={classes.search}
        onClick={app.openPalette}
        aria-keyshortcuts="Control+K"
      >
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span className={classes.hint}>Search or do anything</span>
        <span className={classes.keys}>
          <Keys keys="mod+k" />
        </span>
      </UnstyledButton>
      <div className={classes.tools}>
        <Suspense fallback={null}>
          {indicators.map(({ name, Indicator }) => (
            <Indicator key={name} />
          ))}
        </Suspense>
        <CreateMenu />
        <UndoHistory />
        <Tooltip label="Keyboard map">
          <ActionIcon
            size="lg"
            className={classes.onlyWide}
            aria-label="Keyboard map"
            onClick={app.openKeyboardMap}
          >
            <IconKeyboard size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <ThemeMenu />
      </div>
    </header>
  )
}

function CreateMenu() {
  const app = useApp()
  return (
    <Menu width={190}>
      <Menu.Target>
        <Tooltip label="Create">
          <ActionIcon size="lg" variant="filled" color="juniper" aria-label="Create">
            <IconPlus size={18} stroke={2} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {creatable.map((kind) => {
          const { one, icon: Icon } = kinds[kind]
          return (
            <Menu.Item
              key={kind}
              leftSection={<Icon size={16} stroke={1.6} />}
              rightSection={kind === 'lead' ? <Keys keys="n" /> : undefined}
              onClick={() => app.create(kind)}
            >
              New {one}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

const schemes = [
  { scheme: 'light', label: 'Light', icon: IconSun },
  { scheme: 'dark', label: 'Dark', icon: IconMoon },
  { scheme: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const

function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Current = schemes.find(({ scheme }) => scheme === colorScheme)?.icon ?? IconDeviceDesktop
  return (
    <Menu width={180}>
      <Menu.Target>
        <Tooltip label="Theme">
          <ActionIcon size="lg" aria-label="Theme">
            <Current size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        >
          {schemes.map(({ scheme, label, icon: Icon }) => (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              rightSection={<Icon size={16} stroke={1.6} />}
            >
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
