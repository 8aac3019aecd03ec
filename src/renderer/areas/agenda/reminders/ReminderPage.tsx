/** One reminder: what it is about, when it comes, and the timeline of its record. */
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconBellOff, IconCheck, IconClockPause } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Reminder } from '../../../../contract/agenda/reminders'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { shownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { Facts } from '../../../ui/record/Facts'
import { RecordHeader } from '../../../ui/record/RecordHeader'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate, RecordPage } from '../../../ui/record/RecordPage'
import { useOptimisticUpdate } from '../../../ui/record/useOptimisticUpdate'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { recordOf } from '../../timeline/activities/links'
import { timelineTabs } from '../../timeline/activities/TimelineTab'
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
  const { id, task, activity, deletedAt, dueAt } = reminder
  const app = useApp()
  const mayWrite = useMay('write') && deletedAt === null
  const save = useOptimisticUpdate<Reminder>(
    api.reminders.get.queryKey({ input: { id } }),
    useCallback((patch) => client.reminders.update({ id, ...patch }), [id]),
  )
  const snooze = useMutation(api.reminders.snooze.mutationOptions())
  const complete = useMutation(api.reminders.complete.mutationOptions())
  const dismiss = useMutation(api.reminders.dismiss.mutationOptions())
  const reopen = useMutation(api.reminders.reopen.mutationOptions())
  const remove = useMutation(api.reminders.remove.mutationOptions())
  const about = recordOf(reminder)
  const record = shownRecord('reminder', reminder, reminderName(reminder))
  const rhythm = rhythmText(reminder)
  return (
    <RecordPage
      record={record}
      restore={() => client.reminders.restore({ id })}
      header={
        <RecordHeader
          record={record}
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
              {reminder.notificationSentAt && (
                <span>
                  told <DateText value={reminder.notificationSentAt} />
                </span>
              )}
            </>
          }
          actions={
            mayWrite &&
            (isOpenReminder(reminder) ? (
              <>
                <SnoozeMenu
                  label="Put off until"
                  onSnooze={(until) => snooze.mutate({ id, until })}
                >
                  <Button variant="default" leftSection={<IconClockPause size={15} />}>
                    Put off
                  </Button>
                </SnoozeMenu>
                <Button
                  variant="default"
                  leftSection={<IconBellOff size={15} />}
                  onClick={() => dismiss.mutate({ id })}
                >
                  Dismiss
                </Button>
                <Button
                  leftSection={<IconCheck size={15} />}
                  loading={complete.isPending}
                  onClick={() => complete.mutate({ id })}
                >
                  Complete
                </Button>
              </>
            ) : (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={15} />}
                loading={reopen.isPending}
                onClick={() => reopen.mutate({ id })}
              >
                Reopen
              </Button>
            ))
          }
          remove={() => remove.mutate({ id }, { onSuccess: () => app.goTo('/reminders') })}
        />
      }
      facts={
        <Facts
          row={reminder}
          name={reminderName(reminder)}
          facts={reminderFacts(reminder)}
          save={save}
          readOnly={deletedAt !== null}
          withShortcut
        />
      }
      tabs={timelineTabs(reminder, !mayWrite)}
    />
  )
}
