/** What the list of reminders shows and can be narrowed by. */
import { ActionIcon, Group, Text } from '@mantine/core'
import { IconCheck, IconClockPause, IconUser } from '@tabler/icons-react'
import type { Reminder } from '../../../../contract/agenda/reminders'
import { DateText } from '../../../ui/DateText'
import type { ListDefinition } from '../../../ui/list/definition'
import { RecordLink } from '../../../ui/record/RecordLink'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { UserAvatar } from '../../../ui/UserAvatar'
import { recordOf } from '../../timeline/activities/links'
import {
  isOpenReminder,
  ReminderStatusBadge,
  reminderName,
  rhythmText,
  statusChoices,
} from './words'

export interface ReminderListOptions {
  /** For "Mine". */
  userId: string | undefined
  /** Undefined for those who may only look. */
  actions:
    | { complete(reminder: Reminder): void; snooze(reminder: Reminder, until: string): void }
    | undefined
}

export const reminderList = ({
  userId,
  actions,
}: ReminderListOptions): ListDefinition<Reminder> => ({
  kind: 'reminder',
  nameOf: reminderName,
  empty: 'A reminder comes up at its time, wherever you are in Rapport. Set one on any record.',
  columns: [
    { id: 'notes', label: 'Reminder', width: 300, render: reminderName },
    {
      id: 'act',
      label: 'Done, later',
      width: 100,
      render: (reminder) =>
        actions &&
        isOpenReminder(reminder) && (
          <Group gap={2} wrap="nowrap">
            <ActionIcon
              size="sm"
              radius="xl"
              variant="default"
              aria-label={`Complete ${reminderName(reminder)}`}
              onClick={() => actions.complete(reminder)}
            >
              <IconCheck size={13} stroke={2.2} />
            </ActionIcon>
            <SnoozeMenu onSnooze={(until) => actions.snooze(reminder, until)}>
              <ActionIcon size="sm" aria-label={`Put off ${reminderName(reminder)}`}>
                <IconClockPause size={15} />
              </ActionIcon>
            </SnoozeMenu>
          </Group>
        ),
    },
    {
      id: 'remindAt',
      label: 'When',
      sort: 'remindAt',
      width: 170,
      render: ({ dueAt, remindAt }) => <DateText value={dueAt ?? remindAt} />,
    },
    {
      id: 'about',
      label: 'About',
      width: 220,
      render: (reminder) => <AboutText reminder={reminder} />,
    },
    { id: 'rhythm', label: 'Comes', width: 170, render: rhythmText },
    {
      id: 'user',
      label: 'Whom',
      width: 150,
      render: ({ user }) => user && <UserAvatar user={user} named />,
    },
    {
      id: 'status',
      label: 'Status',
      width: 110,
      render: ({ status }) => <ReminderStatusBadge status={status} />,
    },
    {
      id: 'completedAt',
      label: 'Completed',
      sort: 'completedAt',
      width: 140,
      optional: true,
      render: ({ completedAt }) => <DateText value={completedAt} empty="" />,
    },
    {
      id: 'notificationSentAt',
      label: 'Told',
      width: 140,
      optional: true,
      render: ({ notificationSentAt }) => <DateText value={notificationSentAt} empty="" />,
    },
    {
      id: 'createdAt',
      label: 'Created',
      width: 110,
      optional: true,
      render: ({ createdAt }) => <DateText value={createdAt} format="short" />,
    },
  ],
  fields: [
    { name: 'status', label: 'Status', kind: 'choice', choices: statusChoices },
    { name: 'user', label: 'Whom', kind: 'reference', of: 'user' },
    { name: 'remindAt', label: 'When', kind: 'instant' },
    { name: 'lead', label: 'Lead', kind: 'reference', of: 'lead' },
    { name: 'company', label: 'Company', kind: 'reference', of: 'company' },
    { name: 'contact', label: 'Contact', kind: 'reference', of: 'contact' },
    { name: 'customer', label: 'Customer', kind: 'reference', of: 'customer' },
    { name: 'notes', label: 'Text', kind: 'text' },
  ],
  chips: userId
    ? [
        {
          label: 'Mine',
          icon: IconUser,
          comparison: { field: 'user', operator: 'in', value: [userId] },
        },
        {
          label: 'Snoozed',
          icon: IconClockPause,
          comparison: { field: 'status', operator: 'in', value: ['snoozed'] },
        },
      ]
    : [],
  renderCard: (reminder) => (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" truncate>
        {recordOf(reminder)?.record.name ?? rhythmText(reminder)}
      </Text>
      <Text size="sm" flex="none">
        <DateText value={reminder.dueAt ?? reminder.remindAt} />
      </Text>
    </Group>
  ),
})

function AboutText({ reminder }: { reminder: Reminder }) {
  const record = recordOf(reminder)
  const { task, activity } = reminder
  if (task) return <RecordLink kind="task" record={task} />
  if (record) return <RecordLink kind={record.kind} record={record.record} />
  return activity && <RecordLink kind="activity" record={activity} />
}
