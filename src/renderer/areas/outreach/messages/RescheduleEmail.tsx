/** Asks when an approved e-mail is to go out instead. */
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { EmailMessage } from '../../../../contract/outreach/messages'
import { api } from '../../../api'
import { daysFrom } from '../../../ui/dates'
import { instantOf, wallTimeOf, wallTimeText } from '../../../ui/when/times'
import { WhenDialog } from '../../../ui/when/WhenDialog'

export function RescheduleEmail({ message, onClose }: { message: EmailMessage; onClose(): void }) {
  const reschedule = useMutation({
    ...api.outbox.reschedule.mutationOptions(),
    onSuccess: ({ state, error, sendAfter }) => {
      onClose()
      notifications.show({
        message:
          state === 'cancelled'
            ? `It does not go out: ${error}`
            : `Goes out ${wallTimeText(wallTimeOf(sendAfter ?? ''), new Date())}`,
      })
    },
  })
  return (
    <WhenDialog
      title={message.subject || 'Reschedule e-mail'}
      action="Reschedule"
      initial={wallTimeOf(daysFrom(new Date(), 1, 9))}
      onClose={onClose}
      onChoose={(wallTime) => reschedule.mutate({ id: message.id, sendAfter: instantOf(wallTime) })}
    />
  )
}
