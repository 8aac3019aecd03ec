/** The bar on top: search, create, undo history, theme. */
import {
  ActionIcon,
  type MantineColorScheme,
  Menu,
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
import { type MenuButtonProps, MenuOnDemand } from '../ui/MenuOnDemand'
import { TooltipOnDemand } from '../ui/TooltipOnDemand'
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
        <TooltipOnDemand label="Keyboard map">
          <ActionIcon
            size="lg"
            className={classes.onlyWide}
            aria-label="Keyboard map"
            onClick={app.openKeyboardMap}
          >
            <IconKeyboard size={18} stroke={1.6} />
          </ActionIcon>
        </TooltipOnDemand>
        <ThemeMenu />
      </div>
    </header>
  )
}

function CreateMenu() {
  const app = useApp()
  return (
    <MenuOnDemand width={190} button={CreateButton}>
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
    </MenuOnDemand>
  )
}

const CreateButton = (props: MenuButtonProps) => (
  <TooltipOnDemand label="Create">
    <ActionIcon size="lg" variant="filled" color="juniper" aria-label="Create" {...props}>
      <IconPlus size={18} stroke={2} />
    </ActionIcon>
  </TooltipOnDemand>
)

const schemes = [
  { scheme: 'light', label: 'Light', icon: IconSun },
  { scheme: 'dark', label: 'Dark', icon: IconMoon },
  { scheme: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const

function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <MenuOnDemand width={180} button={ThemeButton}>
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
    </MenuOnDemand>
  )
}

function ThemeButton(props: MenuButtonProps) {
  const { colorScheme } = useMantineColorScheme()
  const Current = schemes.find(({ scheme }) => scheme === colorScheme)?.icon ?? IconDeviceDesktop
  return (
    <TooltipOnDemand label="Theme">
      <ActionIcon size="lg" aria-label="Theme" {...props}>
        <Current size={18} stroke={1.6} />
      </ActionIcon>
    </TooltipOnDemand>
  )
}
