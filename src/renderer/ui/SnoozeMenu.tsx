/** Puts something off: a few usual times, each with its number as key, or one of one's own. */
import { Menu, type MenuProps } from '@mantine/core'
import { IconCalendarTime } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { Keys } from '../app/Keys'
import { snoozeChoices } from './snooze'
import { instantOf, wallTimeOf } from './when/times'
import { WhenPicker } from './when/WhenPicker'

export interface SnoozeMenuProps extends Pick<MenuProps, 'position' | 'withinPortal'> {
  /** The button that opens it. */
  children: ReactNode
  label?: string
  /** @param until ISO instant */
  onSnooze(until: string): void
  /** Opened from outside, e.g. by a key; without it the button opens it. */
  opened?: boolean
  onOpened?(opened: boolean): void
}

export function SnoozeMenu({
  children,
  label = 'Remind me again',
  onSnooze,
  opened,
  onOpened,
  ...menu
}: SnoozeMenuProps) {
  const [own, setOwn] = useState(false)
  const [picking, setPicking] = useState(false)
  const change = (next: boolean) => {
    setOwn(next)
    onOpened?.(next)
    setPicking(false)
  }
  const snooze = (until: string) => {
    change(false)
    onSnooze(until)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const choices = snoozeChoices(new Date())
    const place = Number(event.key) - 1
    const choice = choices[place]
    if (choice) snooze(choice.at)
    else if (place === choices.length) setPicking(true)
    else return
    event.preventDefault()
  }
  return (
    <Menu
      {...menu}
      width={picking ? 'auto' : 250}
      opened={opened ?? own}
      onChange={change}
      // While it fades it would still hold the keys.
      transitionProps={{ exitDuration: 0 }}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown onKeyDown={picking ? undefined : onKeyDown}>
        <Menu.Label>{label}</Menu.Label>
        {picking ? (
          <OwnTime onSnooze={snooze} onCancel={() => change(false)} />
        ) : (
          <Choices onSnooze={snooze} onPick={() => setPicking(true)} />
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

type Snoozing = Pick<SnoozeMenuProps, 'onSnooze'>

function Choices({ onSnooze, onPick }: Snoozing & { onPick(): void }) {
  const choices = snoozeChoices(new Date())
  return (
    <>
      {choices.map(({ label, at }, place) => (
        <Menu.Item
          key={label}
          rightSection={<Keys keys={String(place + 1)} />}
          onClick={() => onSnooze(at)}
        >
          {label}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={<IconCalendarTime size={15} stroke={1.6} />}
        rightSection={<Keys keys={String(choices.length + 1)} />}
        onClick={onPick}
      >
        Another time…
      </Menu.Item>
    </>
  )
}

function OwnTime({ onSnooze, onCancel }: Snoozing & { onCancel(): void }) {
  const [tomorrow] = snoozeChoices(new Date()).filter(({ label }) => label.startsWith('Tomorrow'))
  return (
    <div style={{ padding: 8 }}>
      <WhenPicker
        action="OK"
        initial={wallTimeOf(tomorrow?.at ?? new Date().toISOString())}
        onCancel={onCancel}
        onChoose={(wallTime) => onSnooze(instantOf(wallTime))}
      />
    </div>
  )
}
