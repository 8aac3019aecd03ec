/** One reminder: what it is about, when it comes, and the timeline of its record. */
import { Button } from '@mantine/core'
import { IconBellOff } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Reminder } from '../../../../contract/agenda/reminders'
import { api, client } from '../../../api'
import { shownRecord } from '../../../app/recordParts'
import { DateText } from '../../../ui/DateText'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate } from '../../../ui/record/RecordPage'
import { useOptimisticUpdate } from '../../../ui/record/useOptimisticUpdate'
import { recordOf } from '../../timeline/activities/links'
import { WorkPage } from '../WorkPage'
import { reminderFacts } from './facts'
import { isOpenReminder, ReminderStatusBadge, reminderName, rhythmText } from './words'

const route = getRouteApi('/reminders/$id')

export default function ReminderPage() {
  const { id } = route.useParams()
  const query = useQuery(api.reminders.get.queryOptions({ input: { id } }))
  return (
    <RecordGate kind="reminder" query={query}>
      {(reminder) => <ReminderView key={reminder.id} reminder={reminder} />}
    </RecordGate>
  )
}

function ReminderView({ reminder }: { reminder: Reminder }) {
  const { id, task, activity, dueAt, notificationSentAt } = reminder
  const save = useOptimisticUpdate<Reminder>(
    api.reminders.get.queryKey({ input: { id } }),
    (patch) => client.reminders.update({ id, ...patch }),
  )
  const snooze = useMutation(api.reminders.snooze.mutationOptions())
  const dismiss = useMutation(api.reminders.dismiss.mutationOptions())
  const about = recordOf(reminder)
  const rhythm = rhythmText(reminder)
  return (
    <WorkPage
      record={shownRecord('reminder', reminder, reminderName(reminder))}
      row={reminder}
      isOpen={isOpenReminder(reminder)}
      facts={reminderFacts(reminder)}
      save={save}
      badges={reminder.status !== 'pending' && <ReminderStatusBadge status={reminder.status} />}
      subtitle={
        <>
          {dueAt && (
            <span>
              comes up <DateText value={dueAt} />
            </span>
          )}
          {rhythm && <span>{rhythm}</span>}
          {task && <RecordLink kind="task" record={task} />}
          {activity && <RecordLink kind="activity" record={activity} />}
          {about && <RecordLink kind={about.kind} record={about.record} />}
          {notificationSentAt && (
            <span>
              told <DateText value={notificationSentAt} />
            </span>
          )}
        </>
      }
      onSnooze={(until) => snooze.mutate({ id, until })}
      buttons={
        <Button
          variant="default"
          leftSection={<IconBellOff size={15} />}
          onClick={() => dismiss.mutate({ id })}
        >
          Dismiss
        </Button>
      }
      complete={useMutation(api.reminders.complete.mutationOptions())}
      reopen={useMutation(api.reminders.reopen.mutationOptions())}
      remove={useMutation(api.reminders.remove.mutationOptions())}
      restore={() => client.reminders.restore({ id })}
    />
  )
}
