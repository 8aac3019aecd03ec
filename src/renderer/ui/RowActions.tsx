/** The two things that are done with a row of a list in the settings: changed, or taken away. */
import { ActionIcon, Group } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { TooltipOnDemand } from './TooltipOnDemand'

export interface RowActionsProps {
  /** What the row is called. */
  name: string
  onChange(): void
  onRemove(): void
  /** The verb for taking it away. */
  remove?: string
  /** What taking it away leaves, where that is not plain. */
  hint?: string
}

export function RowActions({ name, onChange, onRemove, remove = 'Delete', hint }: RowActionsProps) {
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      <TooltipOnDemand label="Change">
        <ActionIcon aria-label={`Change ${name}`} onClick={onChange}>
          <IconPencil size={16} stroke={1.6} />
        </ActionIcon>
      </TooltipOnDemand>
      <TooltipOnDemand label={hint ?? remove}>
        <ActionIcon aria-label={`${remove} ${name}`} onClick={onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </TooltipOnDemand>
    </Group>
  )
}
