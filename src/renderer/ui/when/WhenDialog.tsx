/** The dialog that asks for a day and a time. */
import { Modal } from '@mantine/core'
import { useNarrow } from '../useNarrow'
import { WhenPicker, type WhenPickerProps } from './WhenPicker'

export interface WhenDialogProps extends Omit<WhenPickerProps, 'onCancel' | 'withChoices'> {
  title: string
  onClose(): void
}

export function WhenDialog({ title, onClose, ...picker }: WhenDialogProps) {
  const narrow = useNarrow()
  return (
    <Modal opened onClose={onClose} title={title} size="auto" fullScreen={narrow}>
      <WhenPicker {...picker} withChoices onCancel={onClose} />
    </Modal>
  )
}
