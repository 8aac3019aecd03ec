/** Puts something off: a few usual times, or one of one's own. */
import { Button, Group, Menu, type MenuProps } from '@mantine/core'
import { IconCalendarTime } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { MomentField } from './DateField'
import { shortText } from './dates'
import { snoozeChoices } from './snooze'

export interface SnoozeMenuProps extends Pick<MenuProps, 'position' | 'withinPortal'> {
  /** The button that opens it. */
  children: ReactNode
  /** @param until ISO instant */
  onSnooze(until: string): void
}

export function SnoozeMenu({ children, onSnooze, ...menu }: SnoozeMenuProps) {
  const [opened, setOpened] = useState(false)
  const [picking, setPicking] = useState(false)
  const snooze = (until: string) => {
    setOpened(false)
    onSnooze(until)
  }
  return (
    <Menu
      {...menu}
      width={250}
      opened={opened}
      onChange={(next) => {
        setOpened(next)
        setPicking(false)
      }}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Remind me again</Menu.Label>
        {picking ? (
          <OwnTime onSnooze={snooze} />
        ) : (
          <>
            <Choices onSnooze={snooze} />
            <Menu.Divider />
            <Menu.Item
              closeMenuOnClick={false}
              leftSection={<IconCalendarTime size={15} stroke={1.6} />}
              onClick={() => setPicking(true)}
            >
              Another time…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

type Snoozing = Pick<SnoozeMenuProps, 'onSnooze'>

function Choices({ onSnooze }: Snoozing) {
  return snoozeChoices(new Date()).map(({ label, at }) => (
    <Menu.Item key={label} onClick={() => onSnooze(at)}>
      {label}
    </Menu.Item>
  ))
}

function OwnTime({ onSnooze }: Snoozing) {
  const [at, setAt] = useState<string | null>(
    () => snoozeChoices(new Date()).find(({ label }) => label.startsWith('Tomorrow'))?.at ?? null,
  )
  return (
    <Group gap={8} p={6} wrap="nowrap">
      <MomentField
        aria-label="Remind me again at"
        size="xs"
        flex={1}
        autoFocus
        value={at}
        onChange={setAt}
        title={at ? shortText(at, new Date(), true) : undefined}
      />
      <Button
        disabled={at === null || new Date(at) <= new Date()}
        onClick={() => at && onSnooze(at)}
      >
        OK
      </Button>
    </Group>
  )
}
