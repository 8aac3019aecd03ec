/** One task: its facts, its reminders, and the timeline of the record it is about. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Task } from '../../../../contract/agenda/tasks'
import { api, client } from '../../../api'
import { shownRecord } from '../../../app/recordParts'
import { DateText } from '../../../ui/DateText'
import { PriorityText } from '../../../ui/PriorityText'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate } from '../../../ui/record/RecordPage'
import { useOptimisticUpdate } from '../../../ui/record/useOptimisticUpdate'
import { UserAvatar } from '../../../ui/UserAvatar'
import { recordOf } from '../../timeline/activities/links'
import { useAct } from '../today/useAgenda'
import { WorkPage } from '../WorkPage'
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
  const act = useAct()
  const save = useOptimisticUpdate<Task>(api.tasks.get.queryKey({ input: { id } }), (patch) =>
    client.tasks.update({ id, ...patch }),
  )
  const about = recordOf(task)
  return (
    <WorkPage
      record={shownRecord('task', task, task.title)}
      row={task}
      isOpen={isOpenTask(task)}
      facts={taskFacts(task)}
      save={save}
      rename={(title, before) => save({ title, basedOn: { title: before } }, { ...task, title })}
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
      onSnooze={(until) => act([{ kind: 'task', id }], { type: 'snooze', until })}
      complete={useMutation(api.tasks.complete.mutationOptions())}
      reopen={useMutation(api.tasks.reopen.mutationOptions())}
      remove={useMutation(api.tasks.remove.mutationOptions())}
      restore={() => client.tasks.restore({ id })}
    />
  )
}
