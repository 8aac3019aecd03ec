/** Lists of tasks: of a part of the queue, of people and of records. */
import type { contract } from '../../../contract'
import type { Task } from '../../../contract/agenda/tasks'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import { among } from '../../kernel/fields/among'
import type { Kernel } from '../../kernel/kernel'
import type { createRecords } from '../../kernel/records/records'
import { dueSpan } from '../../kernel/time/due-span'
import { overIn, withinSpan } from '../../kernel/time/whole-days'
import type { Users } from '../../records/users/users'
import type { TaskRow } from './task-rows'
import { taskDay } from './whole-day'

type Procedures = (typeof contract)['tasks']
type ListInput = InputOf<Procedures['list']>

const open = { at: 'task.open_at', day: taskDay }

export function createTaskLists(
  { clock }: Kernel,
  users: Users,
  records: ReturnType<typeof createRecords<TaskRow, Task>>,
) {
  /** The days are those of the one who asks. */
  function ofPart(actor: Actor, due: ListInput['due']): Clause[] {
    if (due === undefined) return []
    if (due === 'done') return [{ sql: 'task.completed_at is not null', parameters: [] }]
    const zone = users.zoneOf(actor.userId)
    return withinSpan(open, dueSpan(due, clock.now(), zone), zone)
  }

  return {
    list(actor: Actor, input: ListInput) {
      const usual = input.due === 'done' ? '-completedAt' : input.due ? 'openAt' : undefined
      // A search answers its newest finds first, as everywhere.
      const sort = input.sort ?? (input.q ? undefined : usual)
      return records.list(actor, { ...input, sort }, [
        ...among('task.status', input.status),
        ...among('task.assignee_id', input.assigneeId),
        ...among('task.type', input.type),
        ...among('task.priority', input.priority),
        ...(['lead', 'company', 'contact', 'customer'] as const).flatMap((kind) => {
          const id = input[`${kind}Id`]
          return among(`task.${kind}_id`, id ? [id] : undefined)
        }),
        ...ofPart(actor, input.due),
      ])
    },

    /** Open tasks whose due instant is past, longest overdue first. */
    overdue(actor: Actor, { assigneeId, ...page }: InputOf<Procedures['overdue']>) {
      return records.list(actor, { ...page, sort: 'openAt' }, [
        overIn(open, clock.now(), users.zoneOf(actor.userId)),
        ...among('task.assignee_id', assigneeId),
      ])
    },
  }
}
