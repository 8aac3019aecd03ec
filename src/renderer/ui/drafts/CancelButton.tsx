/** Closes a form and discards what was typed; a toast brings it back. */
import { Button } from '@mantine/core'
import type { DraftHandle } from '../../app/drafts/useDraft'

export interface CancelButtonProps {
  draft: Pick<DraftHandle, 'discard'>
  onClose(): void
  label?: string
}

export function CancelButton({ draft, onClose, label = 'Cancel' }: CancelButtonProps) {
  return (
    <Button
      variant="default"
      onClick={() => {
        draft.discard()
        onClose()
      }}
    >
      {label}
    </Button>
  )
}
