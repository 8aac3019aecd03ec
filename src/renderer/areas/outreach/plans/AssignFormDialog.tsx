/** The start of a cadence or of steps of one's own that was put aside, opened again from anywhere. */
import type { FormDialogProps } from '../../../app/area'
import { initialReference } from '../../../ui/record/initial'
import { AssignDialog } from './AssignDialog'
import type { Target } from './assignment'

export default function AssignFormDialog({ with: values, onClose }: FormDialogProps) {
  const { target, whom } = values
  const cadence = initialReference(values, 'cadence')
  return (
    <AssignDialog
      target={typeof target === 'object' ? (target as Target | null) : null}
      {...(typeof whom === 'string' ? { targetName: whom } : {})}
      {...(cadence ? { cadence } : {})}
      onClose={onClose}
    />
  )
}
