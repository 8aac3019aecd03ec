/** The reminders of one task or activity: when each comes, another one, none. */
import { ActionIcon, Group, Menu, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconBell, IconBellPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../../api'
import type { ShownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { type MenuButtonProps, MenuOnDemand } from '../../../ui/MenuOnDemand'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { TooltipOnDemand } from '../../../ui/TooltipOnDemand'
import { beforeText, usualMinutes } from '../../../ui/when/before'
import { isOpenTask } from '../tasks/words'
import classes from './RemindersOf.module.css'
import { isOpenReminder, ReminderStatusBadge, rhythmText } from './words'

export function RemindersOf({ record }: { record: ShownRecord<'task' | 'activity'> }) {
  const { kind, id, row, readOnly } = record
  const of = kind === 'task' ? { taskId: id } : { activityId: id }
  // When the task is due or the activity begins; without it nothing can come before.
  const whole = kind === 'task' ? row.dueAt : (row.scheduledAt ?? row.dueAt)
  const mayAdd = useMay('write') && !readOnly && (kind === 'activity' || isOpenTask(row))
  const query = useQuery(
    api.reminders.list.queryOptions({ input: { ...of, sort: 'remindAt', limit: 50 } }),
  )
  const create = useMutation(api.reminders.create.mutationOptions())
  const remove = useMutation(api.reminders.remove.mutationOptions())
  const items = query.data?.items ?? []
  const taken = new Set(items.filter(isOpenReminder).map(({ offsetMinutes }) => offsetMinutes))
  return (
    <section aria-label="Reminders">
      <Group justify="space-between" wrap="nowrap" mih={30}>
        <Title order={2} size="h4">
          Reminders
        </Title>
        {mayAdd &&
          (whole ? (
            <MenuOnDemand button={AnotherButton}>
              {usualMinutes
                .filter((minutes) => !taken.has(minutes))
                .map((minutes) => (
                  <Menu.Item
                    key={minutes}
                    onClick={() => create.mutate({ ...of, offsetMinutes: minutes })}
                  >
                    {beforeText(minutes)}
                  </Menu.Item>
                ))}
            </MenuOnDemand>
          ) : (
            <SnoozeMenu
              label="Remind me"
              onSnooze={(remindAt) => create.mutate({ ...of, remindAt })}
            >
              <ActionIcon aria-label="Another reminder">
                <IconBellPlus size={16} />
              </ActionIcon>
            </SnoozeMenu>
          ))}
      </Group>
      {query.isPending && <Skeleton height={36} />}
      {query.isError && (
        <Text size="sm" c="dimmed">
          This could not be loaded.
        </Text>
      )}
      {query.data && items.length === 0 && (
        <Text size="sm" c="dimmed">
          None. Nobody is told when it is due.
        </Text>
      )}
      <Stack gap={2} component="ul" className={classes.list}>
        {items.map((reminder) => (
          <li key={reminder.id} className={classes.row}>
            <IconBell size={15} stroke={1.6} aria-hidden />
            <span className={classes.text}>
              <DateText value={reminder.dueAt ?? reminder.remindAt} format="moment" />
              <span className={classes.detail}>{rhythmText(reminder)}</span>
            </span>
            {reminder.status !== 'pending' && <ReminderStatusBadge status={reminder.status} />}
            {mayAdd && isOpenReminder(reminder) && (
              <ActionIcon
                size="sm"
                aria-label="Take this reminder away"
                onClick={() => remove.mutate({ id: reminder.id })}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </Stack>
    </section>
  )
}

const AnotherButton = (props: MenuButtonProps) => (
  <TooltipOnDemand label="Another reminder">
    <ActionIcon aria-label="Another reminder" {...props}>
      <IconBellPlus size={16} />
    </ActionIcon>
  </TooltipOnDemand>
)
