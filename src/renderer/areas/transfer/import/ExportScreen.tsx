/** Exports everything: one file for each kind of record, numbered in the order in which they are imported again. */
import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconDownload,
  IconFileImport,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Export } from '../../../../contract/transfer/export'
import { type ImportKind, importOrder } from '../../../../contract/transfer/words'
import { client } from '../../../api'
import { messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { PageTitle } from '../../../ui/PageTitle'
import { saveFile } from '../../../ui/saveFile'
import { capital, countOfRows, importKindTexts } from './kinds'
import classes from './transfer.module.css'

const pollEvery = 250
const pause = () => new Promise((resolve) => setTimeout(resolve, pollEvery))

type Progress = Partial<Record<ImportKind, Export>>

export function ExportScreen() {
  const mayExport = useMay('export')
  const [progress, setProgress] = useState<Progress>({})
  const everything = useMutation({
    mutationFn: async () => {
      setProgress({})
      for (const [index, kind] of importOrder.entries()) {
        const file = await exportKind(kind, (state) =>
          setProgress((known) => ({ ...known, [kind]: state })),
        )
        // Numbered, so that a folder shows them in their order.
        const name = `${index + 1} ${file.name}`
        saveFile(new File([file], name, { type: file.type }), name)
      }
    },
    meta: { showsProblem: true },
  })
  if (!mayExport)
    return (
      <div className={classes.page}>
        <EmptyState
          icon={IconDownload}
          title="Your role does not export"
          text="Ask an admin for a role that may."
        />
      </div>
    )
  return (
    <div className={classes.page}>
      <section className={classes.column} aria-label="Export everything">
        <PageTitle title="Export everything" />
        <Text size="sm" c="dimmed">
          One CSV file for each kind of record, with every field, as Rapport imports it again. In an
          empty database, import them in this order: each finds what it refers to.
        </Text>
        <section className={classes.card}>
          <List spacing={8} size="sm" type="ordered" listStyleType="none">
            {importOrder.map((kind, index) => (
              <KindLine key={kind} kind={kind} number={index + 1} state={progress[kind]} />
            ))}
          </List>
        </section>
        {everything.isError && (
          <Alert color="red" variant="light" role="alert" icon={<IconAlertCircle size={18} />}>
            {messageOf(everything.error)}
          </Alert>
        )}
        {everything.isSuccess && (
          <Alert color="juniper" variant="light" role="status" icon={<IconCircleCheck size={18} />}>
            Everything exported. The files are among your downloads.
          </Alert>
        )}
        <Text size="sm" c="dimmed">
          The files do not hold settings, cadences, templates, reminders, or what lies in the trash.
          A backup does.
        </Text>
        <Group>
          <Button
            leftSection={<IconDownload size={16} />}
            loading={everything.isPending}
            onClick={() => everything.mutate()}
          >
            Export everything
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileImport size={16} />}
            renderRoot={(props) => <Link to="/import" {...props} />}
          >
            Import a file
          </Button>
        </Group>
      </section>
    </div>
  )
}

function KindLine({
  kind,
  number,
  state,
}: {
  kind: ImportKind
  number: number
  state: Export | undefined
}) {
  const isDone = state?.state === 'done'
  return (
    <List.Item
      icon={
        isDone ? (
          <IconCircleCheck size={18} color="var(--mantine-color-juniper-6)" aria-label="Exported" />
        ) : (
          <IconCircleDashed size={18} aria-hidden />
        )
      }
    >
      <Stack gap={0}>
        <Text size="sm">
          {number}. {capital(importKindTexts[kind].many)}
        </Text>
        {state && (
          <Text size="xs" c="dimmed" className="tabular">
            {isDone
              ? countOfRows(state.rows)
              : `${state.rows.toLocaleString()} of ${countOfRows(state.total)}`}
          </Text>
        )}
      </Stack>
    </List.Item>
  )
}

async function exportKind(kind: ImportKind, onProgress: (state: Export) => void): Promise<File> {
  const { exportId } = await client.transfer.export({ kind })
  for (;;) {
    const state = await client.transfer.exportStatus({ exportId })
    onProgress(state)
    if (state.state === 'done') return await client.transfer.exportFile({ exportId })
    if (state.state !== 'running')
      throw new Error(state.message ?? `The export of ${importKindTexts[kind].many} was cancelled.`)
    await pause()
  }
}
