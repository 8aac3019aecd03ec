/** The first step: choose, drop or paste a file; templates to begin with; what was left half done. */
import {
  Alert,
  Button,
  Group,
  List,
  Menu,
  Modal,
  Stack,
  Text,
  Textarea,
  Title,
  VisuallyHidden,
} from '@mantine/core'
import '@mantine/dropzone/styles.layer.css'
import { Dropzone } from '@mantine/dropzone'
import {
  IconAlertCircle,
  IconChevronDown,
  IconClipboardText,
  IconDownload,
  IconFileSpreadsheet,
  IconUpload,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import { type ImportKind, importKinds, importOrder } from '../../../../contract/transfer/words'
import { client } from '../../../api'
import { useApp } from '../../../app/actions'
import { fieldErrors, messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { bytesText } from '../../../ui/bytes'
import { EmptyState } from '../../../ui/EmptyState'
import { saveFile } from '../../../ui/saveFile'
import { draftOf, useDraft } from './draft'
import { ImportFrame } from './ImportFrame'
import { capital, importKindTexts } from './kinds'
import { fileFromPaste } from './paste'
import classes from './transfer.module.css'

export function FileStep() {
  const app = useApp()
  const mayImport = useMay('import')
  const { draft, replace } = useDraft()
  const [pasting, setPasting] = useState(false)
  const inspect = useMutation({
    mutationFn: (file: File) => client.transfer.inspect({ file }),
    meta: { showsProblem: true },
    onSuccess: (found) => {
      replace(draftOf(found))
      app.goTo('/import/format')
    },
  })
  const take = (file: File | undefined) => {
    if (file && !inspect.isPending) inspect.mutate(file)
  }
  usePastedFile(take)
  if (!mayImport) {
    return (
      <ImportFrame step="file" title="Import a file">
        <EmptyState
          icon={IconFileSpreadsheet}
          title="Your role does not import"
          text="Ask an admin for a role that may."
        />
      </ImportFrame>
    )
  }
  return (
    <ImportFrame
      step="file"
      title="Import a file"
      text="Companies, contacts, leads, customers, quotes, tasks, activities or users from a spreadsheet. Nothing is changed before you have seen what would be, and an import can be undone as a whole."
    >
      {draft && (
        <Alert color="juniper" variant="light" icon={<IconFileSpreadsheet size={18} />}>
          <Group justify="space-between" gap="sm">
            <Text size="sm">
              You were preparing the import of <b>{draft.file.name}</b>.
            </Text>
            <Group gap={8}>
              <Button variant="default" onClick={() => replace(null)}>
                Forget it
              </Button>
              <Button onClick={() => app.goTo(draft.mapping ? '/import/fields' : '/import/format')}>
                Go on
              </Button>
            </Group>
          </Group>
        </Alert>
      )}
      <Dropzone
        className={classes.drop}
        multiple={false}
        loading={inspect.isPending}
        onDrop={([file]) => take(file)}
        onReject={() => {}}
        aria-label="Choose a file, or drop one here"
        inputProps={{ 'aria-label': 'File to import' }}
      >
        <Stack align="center" gap={6} style={{ pointerEvents: 'none' }}>
          <IconUpload size={34} stroke={1.4} aria-hidden />
          <Title order={2} ta="center">
            {inspect.isPending
              ? `Reading ${inspect.variables.name} …`
              : 'Drop a CSV file here, or click to choose one'}
          </Title>
          <Text size="sm" c="dimmed" ta="center">
            {inspect.isPending
              ? bytesText(inspect.variables.size)
              : 'Any encoding and delimiter, up to 256 MB. Rows copied in a spreadsheet can be pasted right here.'}
          </Text>
        </Stack>
      </Dropzone>
      {inspect.isError && (
        <Alert
          color="red"
          variant="light"
          role="alert"
          icon={<IconAlertCircle size={18} />}
          title={`${inspect.variables.name} was not taken in`}
        >
          {fieldErrors(inspect.error, ['file']).file ?? messageOf(inspect.error)}
        </Alert>
      )}
      <VisuallyHidden role="status">{inspect.isPending ? 'Reading the file' : ''}</VisuallyHidden>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconClipboardText size={16} stroke={1.6} />}
          onClick={() => setPasting(true)}
          disabled={inspect.isPending}
        >
          Paste rows
        </Button>
        <TemplateMenu />
      </Group>
      <section className={classes.card} aria-label="From Excel and others">
        <Title order={2} mb={8}>
          From Excel and others
        </Title>
        <List size="sm" spacing={4}>
          <List.Item>
            Excel: <b>File → Save as → CSV UTF-8</b>. Google Sheets:{' '}
            <b>File → Download → Comma-separated values</b>.
          </List.Item>
          <List.Item>
            The first row names the columns; their order and names are up to you.
          </List.Item>
          <List.Item>
            With several files, take them in this order, so that each finds what it refers to:{' '}
            {importOrder.map((kind) => importKindTexts[kind].many).join(', ')}.
          </List.Item>
          <List.Item>
            From another Rapport: <Link to="/export">export everything</Link> there. Records keep
            their relations, tags and history.
          </List.Item>
        </List>
      </section>
      {pasting && (
        <PasteDialog
          onClose={() => setPasting(false)}
          onPasted={(file) => {
            setPasting(false)
            take(file)
          }}
        />
      )}
    </ImportFrame>
  )
}

function TemplateMenu() {
  const download = useMutation({
    mutationFn: async (kind: ImportKind) =>
      saveFile(await client.transfer.template({ for: kind }), `rapport-${kind}.csv`),
  })
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.6} />}
          rightSection={<IconChevronDown size={14} />}
          loading={download.isPending}
        >
          Download a template
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {importKinds.map((kind) => {
          const { many, icon: Icon } = importKindTexts[kind]
          return (
            <Menu.Item
              key={kind}
              leftSection={<Icon size={16} stroke={1.6} />}
              onClick={() => download.mutate(kind)}
            >
              {capital(many)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Rows or a file pasted anywhere on the page, but not into a field. */
function usePastedFile(take: (file: File | undefined) => void) {
  const takePasted = useEffectEvent(take)
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event
      if (target instanceof HTMLInputElement && target.type !== 'file') return
      if (target instanceof HTMLTextAreaElement || !clipboardData) return
      const file = clipboardData.files[0] ?? fileFromPaste(clipboardData.getData('text/plain'))
      if (!file) return
      event.preventDefault()
      takePasted(file)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}

function PasteDialog({ onClose, onPasted }: { onClose(): void; onPasted(file: File): void }) {
  const [text, setText] = useState('')
  const file = fileFromPaste(text)
  return (
    <Modal opened onClose={onClose} title="Paste rows" size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (file) onPasted(file)
        }}
      >
        <Stack gap="md">
          <Textarea
            label="Rows, the first with the names of the columns"
            description="As copied from a spreadsheet, or as CSV."
            data-autofocus
            autosize
            minRows={7}
            maxRows={16}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!file}>
              Continue
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
