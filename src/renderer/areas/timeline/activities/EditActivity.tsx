/** The form in which a logged activity is changed, in place of its entry on the timeline. */
import { useMutation } from '@tanstack/react-query'
import type { Activity } from '../../../../contract/timeline/activities'
import { api } from '../../../api'
import { recordIn } from '../../../app/clashes/edit'
import { Composer } from './Composer'
import { draftOf, editOf } from './draft'

export interface EditActivityProps {
  /** As it was when somebody began to edit it. */
  activity: Activity
  title: string
  draftKey: string
  onClose(): void
}

export function EditActivity({ activity, title, draftKey, onClose }: EditActivityProps) {
  const update = useMutation(
    api.activities.update.mutationOptions({ meta: { showsProblem: true } }),
  )
  return (
    <Composer
      initial={draftOf(activity)}
      saveLabel="Save"
      withReminders={false}
      about={[{ leadId: activity.lead?.id ?? null, contactId: activity.contact?.id ?? null }]}
      outcomeBefore={activity.outcome}
      keep={{ key: draftKey, title, recordId: activity.id, basedOn: activity }}
      onClose={onClose}
      onSave={async (input, basedOn, plan) => {
        const before = recordIn(basedOn, activity)
        await update.mutateAsync({ id: activity.id, ...editOf(before, input), ...plan })
        onClose()
      }}
    />
  )
}
