/** Undo and redo as the user meets them: the one toast after a change, and what came of an undo. */
import { Button, Group, List, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import type { UndoResult } from '../../contract/history/changes'
import { client } from '../api'
import { doneText } from './doneText'
import type { LiveEvent } from './live'
import { messageOf } from './problems'

const toast = 'undo'

/** Offers to take back what the user has just done. Later changes replace the offer. */
export function offerUndo(event: Pick<LiveEvent, 'label' | 'batchId'>): void {
  show({
    message: (
      <Sentence
        text={doneText(event.label)}
        action="Undo"
        onAction={() => void undo(event.batchId)}
      />
    ),
    autoClose: 7000,
  })
}

/** Takes back a batch, or without one the caller's latest change, and says what came of it. */
export async function undo(batchId?: string): Promise<void> {
  try {
    tell('Undone', await client.changes.undo(batchId ? { batchId } : {}))
  } catch (error) {
    fail('Nothing undone', error)
  }
}

export async function redo(): Promise<void> {
  try {
    tell('Done again', await client.changes.redo({}))
  } catch (error) {
    fail('Nothing to do again', error)
  }
}

function tell(verb: 'Undone' | 'Done again', result: UndoResult): void {
  const { refused, undone, label, undoBatchId } = result
  if (refused.length > 0) {
    notifications.hide(toast)
    modals.open({
      title: undone > 0 ? 'Some rows stayed as they are' : 'Nothing could be undone',
      children: <Refusals result={result} />,
    })
    return
  }
  show({
    message: (
      <Sentence
        text={`${verb}: ${plainLabel(label)}`}
        {...(verb === 'Undone' && undoBatchId
          ? { action: 'Redo', onAction: () => void undo(undoBatchId) }
          : {})}
      />
    ),
    autoClose: 5000,
  })
}

/** What was undone is named by what it did, not by being an undo. */
const plainLabel = (label: string) => label.replace(/^((Undo|Redo): )+/, '')

function fail(title: string, error: unknown): void {
  show({ color: 'red', title, message: messageOf(error), autoClose: 6000 })
}

function show(notification: Parameters<typeof notifications.show>[0]): void {
  // Replaced, not stacked: only the latest change is one keystroke away.
  notifications.hide(toast)
  notifications.show({ withBorder: true, ...notification, id: toast })
}

function Sentence({
  text,
  action,
  onAction,
}: {
  text: string
  action?: string
  onAction?(): void
}) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" lineClamp={2}>
        {text}
      </Text>
      {action && (
        <Button variant="light" size="compact-sm" onClick={onAction} flex="none">
          {action}
        </Button>
      )}
    </Group>
  )
}

function Refusals({ result }: { result: UndoResult }) {
  const shown = result.refused.slice(0, 50)
  return (
    <Stack gap="sm">
      <Text size="sm">
        “{result.label}”: {result.undone.toLocaleString()} taken back,{' '}
        {result.refused.length.toLocaleString()} left alone because they were changed since.
      </Text>
      <List size="sm" spacing={4}>
        {shown.map((row) => (
          <List.Item key={`${row.table} ${row.rowId}`}>
            <b>{row.name}</b>: {row.reason}
          </List.Item>
        ))}
      </List>
      {result.refused.length > shown.length && (
        <Text size="sm" c="dimmed">
          and {(result.refused.length - shown.length).toLocaleString()} more
        </Text>
      )}
      <Group justify="flex-end">
        <Button onClick={() => modals.closeAll()}>Close</Button>
      </Group>
    </Stack>
  )
}
