/** The menu of one's own latest changes, each of which can be taken back. */
import { ActionIcon, Group, Menu, ScrollArea, Skeleton, Text } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api'
import { DateText } from '../ui/DateText'
import { type MenuButtonProps, MenuOnDemand } from '../ui/MenuOnDemand'
import { TooltipOnDemand } from '../ui/TooltipOnDemand'
import { Keys } from './Keys'
import { redo, undo } from './undo'

export const UndoHistory = () => (
  <MenuOnDemand width={340} button={HistoryButton}>
    <Menu.Item
      leftSection={<IconArrowBackUp size={16} />}
      rightSection={<Keys keys="mod+z" />}
      onClick={() => void undo()}
    >
      Undo the latest change
    </Menu.Item>
    <Menu.Item
      leftSection={<IconArrowForwardUp size={16} />}
      rightSection={<Keys keys="mod+shift+z" />}
      onClick={() => void redo()}
    >
      Redo
    </Menu.Item>
    <Menu.Divider />
    <Menu.Label>Your latest changes</Menu.Label>
    <Batches />
  </MenuOnDemand>
)

const HistoryButton = (props: MenuButtonProps) => (
  <TooltipOnDemand label="Undo history">
    <ActionIcon size="lg" aria-label="Undo history" {...props}>
      <IconHistory size={18} stroke={1.6} />
    </ActionIcon>
  </TooltipOnDemand>
)

function Batches() {
  const { data, isPending, isError } = useQuery(
    api.changes.batches.queryOptions({ input: { mine: true, limit: 30 } }),
  )
  if (isPending) return <Skeleton height={90} m="xs" />
  if (isError) {
    return (
      <Text size="sm" c="dimmed" px="sm" pb="xs">
        The history cannot be read right now.
      </Text>
    )
  }
  if (data.length === 0) {
    return (
      <Text size="sm" c="dimmed" px="sm" pb="xs">
        Nothing changed yet. Whatever you do stands here and can be taken back.
      </Text>
    )
  }
  return (
    <ScrollArea.Autosize mah={340}>
      {data.map((batch) => (
        <Menu.Item
          key={batch.id}
          disabled={!batch.undoable || batch.undoneAt !== null}
          onClick={() => void undo(batch.id)}
          rightSection={
            batch.undoable && batch.undoneAt === null ? <IconArrowBackUp size={15} /> : undefined
          }
        >
          <Text size="sm" lineClamp={1} td={batch.undoneAt ? 'line-through' : undefined}>
            {batch.label}
          </Text>
          <Group gap={6}>
            <Text size="xs" c="dimmed" component="span">
              <DateText value={batch.at} />
              {batch.changes > 1 && ` · ${batch.changes.toLocaleString()} changes`}
              {batch.undoneAt && ' · undone'}
            </Text>
          </Group>
        </Menu.Item>
      ))}
    </ScrollArea.Autosize>
  )
}
