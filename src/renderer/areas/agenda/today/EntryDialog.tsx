/** Quick entry from anywhere; the record in front is what it is about. */
import { Modal } from '@mantine/core'
import { useOnTop } from '../../../app/actions'
import type { CreateDialogProps } from '../../../app/create'
import { useNarrow } from '../../../ui/useNarrow'
import { logKinds } from '../../timeline/activities/links'
import { QuickEntry } from './QuickEntry'

export default function EntryDialog({ initial, onClose, onCreated }: CreateDialogProps) {
  const narrow = useNarrow()
  const onTop = useOnTop()
  const links = Object.fromEntries(
    logKinds.flatMap((kind) => {
      const id = initial[`${kind}Id`]
      return typeof id === 'string' ? [[`${kind}Id`, id]] : []
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title="New task or reminder"
      size="lg"
      fullScreen={narrow}
      closeOnEscape={onTop}
    >
      <QuickEntry
        autoFocus
        links={links}
        onLeave={onClose}
        onAdded={({ id, title }) => {
          onClose()
          onCreated?.({ id, name: title })
        }}
      />
    </Modal>
  )
}
