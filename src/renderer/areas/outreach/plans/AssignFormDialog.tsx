/** The start of a cadence or of steps of one's own that was put aside, opened again from anywhere. */
import type { FormDialogProps } from '../../../app/area'
import { initialReference } from '../../../ui/record/initial'
import { AssignDialog, type Target } from './AssignDialog'

export default function AssignFormDialog({ with: values, onClose }: FormDialogProps) {
  const { target, whom } = values
  const cadence = initialReference(values, 'cadence')
  return (
    <AssignDialog
      target={typeof target === 'object' ? (target as Target | null) : null}
      {...(typeof whom === 'string' ? { whom } : {})}
      {...(cadence ? { cadence } : {})}
      onClose={onClose}
    />
  )
}
