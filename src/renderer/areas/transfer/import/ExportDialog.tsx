/** Exports what a list shows: which columns, how far it is, the file. */
import { Alert, Button, Checkbox, Group, Modal, Progress, Radio, Stack, Text } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Export } from '../../../../contract/transfer/export'
import { api, client } from '../../../api'
import { messageOf } from '../../../app/problems'
import { bytesText } from '../../../ui/bytes'
import type { ExportDialogProps } from '../../../ui/list/definition'
import { saveFile } from '../../../ui/saveFile'
import { countOfRows } from './kinds'
import classes from './transfer.module.css'

const pollEvery = 250

export default function ExportDialog({
  kind,
  what,
  count,
  columns: all,
  shown,
  onClose,
}: ExportDialogProps) {
  const columns = all.filter((column) => column.exports?.length !== 0)
  const [everything, setEverything] = useState(false)
  const [chosen, setChosen] = useState<readonly string[]>(shown)
  const start = useMutation({
    mutationFn: () =>
      client.transfer.export({
        kind,
        ...what,
        ...(everything ? {} : { columns: inOrder(columns, shown, chosen) }),
      }),
    meta: { showsProblem: true },
  })
  const exportId = start.data?.exportId
  const { data: run, error } = useQuery({
    ...api.transfer.exportStatus.queryOptions({ input: { exportId: exportId ?? '' } }),
    enabled: exportId !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollEvery : false),
  })
  const {
    mutate: save,
    isPending: isSaving,
    error: saveError,
  } = useMutation({
    mutationFn: async (id: string) =>
      saveFile(await client.transfer.exportFile({ exportId: id }), `${kind}.csv`),
    meta: { showsProblem: true },
  })
  const isDone = run?.state === 'done'
  useEffect(() => {
    if (isDone && exportId) save(exportId)
  }, [isDone, exportId, save])

  const isRunning = start.isPending || run?.state === 'running'
  const close = () => {
    if (exportId && run?.state === 'running') {
      // Nobody waits for it any more.
      void client.transfer.exportCancel({ exportId }).catch(() => {})
    }
    onClose()
  }
  const problem = start.error ?? error ?? saveError ?? failureOf(run)
  return (
    <Modal opened onClose={close} title={`Export ${countOfRows(count)}`}>
      <Stack gap="md">
        {isDone ? (
          <Alert color="juniper" variant="light" icon={<IconCircleCheck size={20} />} role="status">
            {countOfRows(run.rows)} exported, {bytesText(run.bytes)}. The file is among your
            downloads.
          </Alert>
        ) : isRunning ? (
          <Stack gap={6}>
            <Text size="sm" className="tabular" role="status">
              {run ? `${run.rows.toLocaleString()} of ${countOfRows(run.total)}` : 'Starting …'}
            </Text>
            <Progress
              value={run && run.total > 0 ? (100 * run.rows) / run.total : 0}
              animated
              aria-label="Exported"
            />
          </Stack>
        ) : (
          <Stack gap="sm">
            <Radio.Group
              aria-label="What the file holds"
              value={everything ? 'everything' : 'columns'}
              onChange={(value) => setEverything(value === 'everything')}
            >
              <Stack gap={8}>
                <Radio
                  value="everything"
                  label="Every field, as Rapport imports it again"
                  size="xs"
                />
                <Radio value="columns" label="These columns" size="xs" />
              </Stack>
            </Radio.Group>
            {!everything && (
              <Columns columns={columns} shown={shown} chosen={chosen} onChange={setChosen} />
            )}
            <Text size="xs" c="dimmed">
              A CSV file in UTF-8, as spreadsheets open it. Cells that a spreadsheet would run as
              formulas are made harmless.
            </Text>
          </Stack>
        )}
        {problem && (
          <Alert color="red" variant="light" role="alert" icon={<IconAlertCircle size={18} />}>
            {messageOf(problem)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {isDone ? 'Close' : 'Cancel'}
          </Button>
          {isDone ? (
            <Button loading={isSaving} onClick={() => exportId && save(exportId)}>
              Save it again
            </Button>
          ) : (
            <Button
              leftSection={<IconDownload size={16} />}
              loading={isRunning}
              disabled={!everything && chosen.length === 0}
              onClick={() => start.mutate()}
              data-autofocus
            >
              Export as CSV
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

interface ColumnsProps {
  columns: ExportDialogProps['columns']
  shown: readonly string[]
  chosen: readonly string[]
  onChange(chosen: readonly string[]): void
}

function Columns({ columns, shown, chosen, onChange }: ColumnsProps) {
  const all = columns.map(({ id }) => id)
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <Stack gap="sm">
      <Group gap={4}>
        <Button variant="subtle" size="compact-xs" onClick={() => onChange(all)}>
          All
        </Button>
        <Button variant="subtle" size="compact-xs" onClick={() => onChange(shown)}>
          As in the list
        </Button>
      </Group>
      <fieldset className={classes.exportColumns} aria-label="Columns">
        {columns.map(({ id, label }) => (
          <Checkbox
            key={id}
            label={label}
            checked={chosen.includes(id)}
            onChange={() => toggle(id)}
          />
        ))}
      </fieldset>
    </Stack>
  )
}

/** Columns of the file: those shown in the order of the list, then the others. */
const inOrder = (
  columns: ExportDialogProps['columns'],
  shown: readonly string[],
  chosen: readonly string[],
) =>
  [...new Set([...shown, ...columns.map(({ id }) => id)])]
    .filter((id) => chosen.includes(id))
    .flatMap((id) => columns.find((column) => column.id === id)?.exports ?? [id])

function failureOf(run: Export | undefined): Error | null {
  if (run?.state === 'failed') return new Error(run.message ?? 'The export failed.')
  if (run?.state === 'cancelled') return new Error('The export was cancelled.')
  return null
}
