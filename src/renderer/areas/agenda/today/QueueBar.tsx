/** What can be done with the selected items of the queue, floating below it while any are selected. */
import { ActionBar, Button, Text } from '@mantine/core'
import { IconCalendarClock, IconCheck, IconClockPause, IconTrash } from '@tabler/icons-react'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'

export interface QueueBarProps {
  count: number
  snoozing: boolean
  onSnoozing(opened: boolean): void
  onComplete(): void
  onSnooze(until: string): void
  onReschedule(): void
  onDelete(): void
  onClear(): void
}

export function QueueBar(props: QueueBarProps) {
  const { count, snoozing, onSnoozing, onComplete, onSnooze, onReschedule, onDelete, onClear } =
    props
  return (
    <ActionBar opened={count > 0} onClose={onClear} aria-label="With the selected items">
      <Text size="sm" fw={600} className="tabular">
        {count.toLocaleString()} selected
      </Text>
      <ActionBar.Divider />
      <Button leftSection={<IconCheck size={15} />} onClick={onComplete}>
        Complete
      </Button>
      <SnoozeMenu label="Put off until" opened={snoozing} onOpened={onSnoozing} onSnooze={onSnooze}>
        <Button variant="default" leftSection={<IconClockPause size={15} />}>
          Put off
        </Button>
      </SnoozeMenu>
      <Button
        variant="default"
        leftSection={<IconCalendarClock size={15} />}
        onClick={onReschedule}
      >
        Move
      </Button>
      <Button variant="default" leftSection={<IconTrash size={15} />} onClick={onDelete}>
        Delete
      </Button>
      <ActionBar.CloseButton aria-label="Clear selection" />
    </ActionBar>
  )
}
