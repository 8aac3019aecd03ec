/** One task: its facts, its reminders, and the timeline of the record it is about. */
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconClockPause } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Task } from '../../../../contract/agenda/tasks'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { shownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { PriorityText } from '../../../ui/PriorityText'
import { Facts } from '../../../ui/record/Facts'
import { RecordHeader } from '../../../ui/record/RecordHeader'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate, RecordPage } from '../../../ui/record/RecordPage'
import { useOptimisticUpdate } from '../../../ui/record/useOptimisticUpdate'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { UserAvatar } from '../../../ui/UserAvatar'
import { recordOf } from '../../timeline/activities/links'
import { timelineTabs } from '../../timeline/activities/TimelineTab'
import { useAct } from '../today/useAgenda'
import { taskFacts } from './facts'
import { DueText } from './list'
import { isOpenTask, TaskStatusBadge } from './words'

const route = getRouteApi('/tasks/$id')

export default function TaskPage() {
  const { id } = route.useParams()
  const query = useQuery(api.tasks.get.queryOptions({ input: { id } }))
  return (
    <RecordGate kind="task" query={query}>
      {(task) => <TaskView key={task.id} task={task} />}
    </RecordGate>
  )
}

function TaskView({ task }: { task: Task }) {
  const { id } = task
  const app = useApp()
  const act = useAct()
  const mayWrite = useMay('write') && task.deletedAt === null
  const save = useOptimisticUpdate<Task>(
    api.tasks.get.queryKey({ input: { id } }),
    useCallback((patch) => client.tasks.update({ id, ...patch }), [id]),
  )
  const complete = useMutation(api.tasks.complete.mutationOptions())
  const reopen = useMutation(api.tasks.reopen.mutationOptions())
  const remove = useMutation(api.tasks.remove.mutationOptions())
  const about = recordOf(task)
  const record = shownRecord('task', task, task.title)
  return (
    <RecordPage
      record={record}
      restore={() => client.tasks.restore({ id })}
      header={
        <RecordHeader
          record={record}
          rename={(title, before) =>
            save({ title, basedOn: { title: before } }, { ...task, title })
          }
          badges={
            <>
              {!isOpenTask(task) && <TaskStatusBadge status={task.status} />}
              {task.priority !== 'medium' && <PriorityText priority={task.priority} />}
            </>
          }
          subtitle={
            <>
              {about && <RecordLink kind={about.kind} record={about.record} />}
              {task.assignee && <UserAvatar user={task.assignee} named size={18} />}
              {isOpenTask(task) && task.dueAt && (
                <span>
                  due <DueText task={task} />
                </span>
              )}
              {task.completedAt && (
                <span>
                  done <DateText value={task.completedAt} />
                  {task.completedBy && ` by ${task.completedBy.name}`}
                </span>
              )}
            </>
          }
          actions={
            mayWrite &&
            (isOpenTask(task) ? (
              <>
                <SnoozeMenu
                  label="Put off until"
                  onSnooze={(until) => act([{ kind: 'task', id }], { type: 'snooze', until })}
                >
                  <Button variant="default" leftSection={<IconClockPause size={15} />}>
                    Put off
                  </Button>
                </SnoozeMenu>
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
          remove={() => remove.mutate({ id }, { onSuccess: () => app.goTo('/tasks') })}
        />
      }
      facts={
        <Facts
          row={task}
          name={task.title}
          facts={taskFacts(task)}
          save={save}
          readOnly={task.deletedAt !== null}
          withShortcut
        />
      }
      tabs={timelineTabs(task, !mayWrite)}
    />
  )
}
