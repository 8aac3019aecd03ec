/** What is still to be done about one record: its open tasks and reminders, done or put off in place. */
import { ActionIcon, Button, Text, Title, Tooltip, UnstyledButton } from '@mantine/core'
import { IconCheck, IconClockPause, IconRepeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../api'
import type { ShownRecord } from '../../../app/recordParts'
import { recordPath } from '../../../app/records'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { useMinute } from '../../../ui/Minute'
import { PriorityText } from '../../../ui/PriorityText'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { UserAvatar } from '../../../ui/UserAvatar'
import { repeatText } from '../../../ui/when/repeat'
import type { LogKind } from '../../timeline/activities/links'
import { itemIcon } from './item'
import classes from './NextSteps.module.css'
import { type Step, stepsOf } from './steps'
import { useAct } from './useAgenda'

const few = 4
const most = 50

/** Shows nothing while there is nothing to do. */
export function NextSteps({ record }: { record: ShownRecord<LogKind> }) {
  const { kind, id, readOnly } = record
  const mayWrite = useMay('write') && !readOnly
  const now = useMinute()
  const [whole, setWhole] = useState(false)
  const idField = `${kind}Id`
  const about = { [idField]: id, limit: most }
  const tasks = useQuery(
    api.tasks.list.queryOptions({
      input: { ...about, status: ['pending', 'in_progress'], sort: 'dueAt' },
    }),
  )
  const reminders = useQuery(
    api.reminders.list.queryOptions({
      input: { ...about, status: ['pending', 'snoozed'], sort: 'dueAt' },
    }),
  )
  const steps = stepsOf(tasks.data?.items ?? [], reminders.data?.items ?? [], now)
  if (tasks.isError || reminders.isError) {
    return (
      <Text size="sm" c="dimmed" pb="xs">
        Tasks and reminders could not be loaded.
      </Text>
    )
  }
  if (steps.length === 0) return null
  const shown = whole ? steps : steps.slice(0, few)
  return (
    <section className={classes.steps} aria-label="Next steps">
      <Title order={3} className={classes.heading}>
        Next steps
      </Title>
      <ul className={classes.list}>
        {shown.map((step) => (
          <StepRow key={`${step.kind} ${step.id}`} step={step} mayWrite={mayWrite} />
        ))}
      </ul>
      {shown.length < steps.length && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setWhole(true)}>
          {steps.length - shown.length} more
        </Button>
      )}
    </section>
  )
}

function StepRow({ step, mayWrite }: { step: Step; mayWrite: boolean }) {
  const act = useAct()
  const { kind, id, name, priority, recurrence, at, overdue, user } = step
  const Icon = itemIcon(step)
  return (
    <li className={classes.row} data-overdue={overdue || undefined}>
      {mayWrite && (
        <UnstyledButton
          className={classes.check}
          aria-label={`Complete ${name}`}
          onClick={() => act([{ kind, id }], { type: 'complete' })}
        >
          <IconCheck size={13} stroke={2.4} aria-hidden />
        </UnstyledButton>
      )}
      <Icon size={16} stroke={1.6} className={classes.icon} aria-label={kind} />
      <Link to={recordPath(kind, id) as string} className={classes.name}>
        {name}
      </Link>
      <span className={classes.facts}>
        {(priority === 'high' || priority === 'urgent') && <PriorityText priority={priority} />}
        {recurrence && (
          <Tooltip label={repeatText(recurrence)}>
            <IconRepeat size={13} stroke={1.8} aria-label={repeatText(recurrence)} />
          </Tooltip>
        )}
        <span className={classes.time}>
          <DateText value={at} empty="no date" />
        </span>
        <UserAvatar user={user} size={20} />
      </span>
      {mayWrite && (
        <SnoozeMenu
          label="Put off until"
          onSnooze={(until) => act([{ kind, id }], { type: 'snooze', until })}
        >
          <ActionIcon size="sm" aria-label={`Put off ${name}`}>
            <IconClockPause size={15} stroke={1.6} />
          </ActionIcon>
        </SnoozeMenu>
      )}
    </li>
  )
}
