/** Asks why, before a lead is lost or a quote declined. What is typed is a draft until then. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { type DraftOptions, useDraft } from '../../app/drafts/useDraft'
import { CancelButton } from './CancelButton'
import { DraftNotice } from './DraftNotice'

export interface ReasonDialogProps {
  title: string
  draftOf: Pick<DraftOptions, 'key' | 'place' | 'recordId'>
  /** What its button says. */
  action: string
  busy: boolean
  input(reason: string, onChange: (reason: string) => void): ReactNode
  onClose(): void
  /** @param keepAgain to be called where it could not be done: the reason is a draft again */
  onGive(reason: string, keepAgain: () => void): void
}

export function ReasonDialog(props: ReasonDialogProps) {
  const { title, draftOf, action, busy, input, onClose, onGive } = props
  const [reason, setReason, draft] = useDraft({ ...draftOf, title, initial: '' })
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          draft.done()
          onGive(reason.trim(), draft.keepAgain)
        }}
      >
        <Stack>
          <DraftNotice draft={draft} />
          {input(reason, setReason)}
          <Group justify="flex-end">
            <CancelButton draft={draft} onClose={onClose} />
            <Button type="submit" loading={busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
