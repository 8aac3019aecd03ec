/** Opens what narrows a list: beside the button, on a phone from below. */
import { Badge, Button, Drawer, Popover } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useNarrow } from '../useNarrow'

export interface FilterButtonProps {
  /** How many conditions are in force. */
  count: number
  /** Of the editor, beside the button. */
  width: number
  onOpen?(): void
  children: (close: () => void) => ReactNode
}

export function FilterButton({ count, width, onOpen, children }: FilterButtonProps) {
  const narrow = useNarrow()
  const [opened, setOpened] = useState(false)
  const show = (next: boolean) => {
    if (next) onOpen?.()
    setOpened(next)
  }
  const close = () => setOpened(false)
  const button = (
    <Button
      flex="none"
      variant={count > 0 ? 'light' : 'default'}
      leftSection={<IconFilter size={14} stroke={1.8} />}
      rightSection={
        count > 0 ? (
          <Badge size="sm" circle variant="filled">
            {count}
          </Badge>
        ) : undefined
      }
      aria-expanded={opened}
      onClick={() => show(!opened)}
    >
      Filter
    </Button>
  )
  if (narrow) {
    return (
      <>
        {button}
        <Drawer opened={opened} onClose={close} position="bottom" size="85%" title="Filter">
          {children(close)}
        </Drawer>
      </>
    )
  }
  return (
    <Popover
      opened={opened}
      onChange={show}
      position="bottom-start"
      shadow="md"
      width={width}
      trapFocus
      closeOnClickOutside
    >
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown aria-label="Filter">{children(close)}</Popover.Dropdown>
    </Popover>
  )
}
