/** Exports what a list shows as CSV: starts it, shows how far it is, saves the file. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import type { Condition } from '../../../contract/shapes'
import { client } from '../../api'
import { messageOf } from '../../app/problems'
import type { KindNames } from '../../app/records'
import { saveFile } from '../saveFile'

export interface ExportWhat {
  q?: string | undefined
  filter?: Condition | undefined
  ids?: string[] | undefined
}

const pause = 300

export function useExport() {
  return useCallback((kind: KindNames['path'], what: ExportWhat, columns: string[]) => {
    void exportCsv(kind, what, columns)
  }, [])
}

async function exportCsv(kind: KindNames['path'], what: ExportWhat, columns: string[]) {
  const id = notifications.show({
    loading: true,
    autoClose: false,
    withCloseButton: false,
    title: `Exporting ${kind}`,
    message: 'Starting…',
  })
  try {
    const { exportId } = await client.transfer.export({ kind, ...what, columns })
    let status = await client.transfer.exportStatus({ exportId })
    while (status.state === 'running') {
      notifications.update({
        id,
        message: (
          <Running
            rows={status.rows}
            total={status.total}
            onCancel={() => void client.transfer.exportCancel({ exportId })}
          />
        ),
      })
      await new Promise((done) => setTimeout(done, pause))
      status = await client.transfer.exportStatus({ exportId })
    }
    if (status.state === 'cancelled') {
      notifications.hide(id)
      return
    }
    if (status.state === 'failed') throw new Error(status.message ?? 'The export failed.')
    saveFile(await client.transfer.exportFile({ exportId }), `${kind}.csv`)
    notifications.update({
      id,
      loading: false,
      autoClose: 5000,
      withCloseButton: true,
      title: 'Exported',
      message: `${status.rows.toLocaleString()} rows`,
    })
  } catch (error) {
    notifications.update({
      id,
      loading: false,
      color: 'red',
      autoClose: 8000,
      withCloseButton: true,
      title: 'Not exported',
      message: messageOf(error),
    })
  }
}

function Running({ rows, total, onCancel }: { rows: number; total: number; onCancel(): void }) {
  return (
    <Stack gap={6}>
      <Progress value={total === 0 ? 0 : (100 * rows) / total} aria-label="Progress" />
      <Group justify="space-between">
        <Text size="xs" className="tabular">
          {rows.toLocaleString()} of {total.toLocaleString()}
        </Text>
        <Button variant="subtle" size="compact-xs" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </Stack>
  )
}
