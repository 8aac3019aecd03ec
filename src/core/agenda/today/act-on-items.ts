/** Completes, snoozes, reschedules or deletes items of any kind, all in one undoable action. */
import type { contract } from '../../../contract'
import type { AgendaKind } from '../../../contract/agenda/today'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import { actOnMany } from '../../kernel/records/act-on-many'
import { type BulkOutcome, quoted } from '../../kernel/records/records'
import { instantOf, isDay, requireZone } from '../../kernel/time/wall-time'
import type { Activities } from '../../timeline/activities/activities'
import { type Reminders, reminderName } from '../reminders/reminders'
import type { Tasks } from '../tasks/tasks'

type ActInput = InputOf<(typeof contract)['agenda']['act']>
type Reschedule = Extract<ActInput['action'], { type: 'reschedule' }>
type Destination = ReturnType<typeof destinationOf>

/** One thing on the agenda. What is done answers whether it could be: of what is done already it cannot. */
interface Item {
  /** What labels call it. */
  name: string
  complete(writer: Writer): boolean
  /** @param until epoch milliseconds */
  snooze(writer: Writer, until: number): boolean
  reschedule(writer: Writer, to: Destination): boolean
  delete(writer: Writer): boolean
}

/** Where to: a local time that was read off a clock elsewhere is an instant, and each item keeps its zone. */
function destinationOf({ wallTime, zone, durationMinutes }: Reschedule) {
  if (zone === undefined || isDay(wallTime)) return { wallTime, durationMinutes }
  return { at: instantOf(wallTime, zone), durationMinutes }
}

const verbs = {
  complete: 'Complete',
  snooze: 'Snooze',
  reschedule: 'Reschedule',
  delete: 'Delete',
} as const

export function createActOnItems(
  { database }: Kernel,
  areas: { activities: Activities; reminders: Reminders; tasks: Tasks },
) {
  const { activities, reminders, tasks } = areas
  const itemOf: Record<AgendaKind, (actor: Actor, id: string) => Item> = {
    reminder: (_, id) => {
      const row = reminders.rowById(id)
      return {
        name: `reminder ${quoted(reminderName(row))}`,
        complete: (writer) => reminders.end(writer, row, 'completed'),
        snooze: (writer, until) => reminders.snoozeUntil(writer, row, until),
        reschedule: (writer, to) => reminders.move(writer, row, to),
        delete: (writer) => reminders.trash(writer, id),
      }
    },
    task: (_, id) => {
      const row = tasks.rowById(id)
      return {
        name: `task ${quoted(row.title)}`,
        complete: (writer) => tasks.end(writer, row, 'completed'),
        snooze: (writer, until) => tasks.move(writer, row, { at: until }),
        reschedule: (writer, to) => tasks.move(writer, row, to),
        delete: (writer) => tasks.trash(writer, id),
      }
    },
    activity: (actor, id) => {
      const row = activities.requireRow(actor, id)
      return {
        name: quoted(activities.nameOf(row)),
        complete: (writer) => activities.end(writer, row),
        snooze: (writer, until) => activities.move(writer, row, { at: until }),
        reschedule: (writer, to) => activities.move(writer, row, to),
        delete: (writer) => row.category === 'manual' && activities.trash(writer, id),
      }
    },
  }
  const recordsOf = { reminder: reminders, task: tasks, activity: activities }

  return (actor: Actor, { targets, action }: ActInput): BulkOutcome => {
    const until = action.type === 'snooze' ? reminders.requireFuture(action.until) : 0
    if (action.type === 'reschedule' && action.zone !== undefined) requireZone(action.zone)
    const verb = verbs[action.type]
    let name = ''

    function change(writer: Writer, item: Item): boolean {
      switch (action.type) {
        case 'complete':
          return item.complete(writer)
        case 'snooze':
          return item.snooze(writer, until)
        case 'reschedule':
          return item.reschedule(writer, destinationOf(action))
        case 'delete':
          return item.delete(writer)
      }
    }

    function apply(writer: Writer, { kind, id }: ActInput['targets'][number]): boolean {
      if (recordsOf[kind].idsOf(actor, { ids: [id] }).length === 0) return false
      const item = itemOf[kind](actor, id)
      if (!change(writer, item)) return false
      name = item.name
      return true
    }

    return actOnMany(database, actor, targets, {
      apply,
      labelOf: ({ length }) => `${verb} ${length === 1 ? name : `${length} items`}`,
    })
  }
}
