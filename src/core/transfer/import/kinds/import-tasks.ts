/** Imports tasks: recognised by id, external id, else by everything in the row. */
import type { TaskStatus } from '../../../../contract/agenda/words'
import { task } from '../../../agenda/tasks/table'
import { makeNextTask } from '../../../agenda/tasks/tasks'
import type { RowOf } from '../../../kernel/database/rows'
import { checkedRecurrence } from '../../../kernel/time/recurrence'
import { instantOf, wallTimeIn } from '../../../kernel/time/wall-time'
import { dateIn, knownZone } from '../../../kernel/time/zone'
import { impliedLinks } from '../../../records/links/links'
import type { TaskValues } from '../fields/task-fields'
import { follow, linkColumns } from '../lookups/link'
import { contentId, idsOrContent, outerId, recognisedBy } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import { isDayAlone } from '../values/read-values'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { sameNamed } from './record-columns'
import { createRowLinks } from './row-links'
import { createRefusal } from './row-problems'

type Row = ImportRow<TaskValues>

const plainFields = ['title', 'description', 'type', 'priority', 'createdAt'] as const

export function importTasks(context: KindContext): KindImport<TaskValues> {
  const { kernel, actor, lookups, mapping, ownIds, state } = context
  const { database } = kernel
  const { refer, refuseLeaver, ...linkOf } = createRowLinks(context)
  const times = createTaskTimes(context)
  const refuse = createRefusal(mapping)

  const linksOf = (row: Row, current?: StoredRow) => ({
    assignee: refer(row, current, {
      ...{ field: 'assignee', label: 'Assignee', table: 'user' },
      byName: (name) => lookups.owner(name),
    }),
    lead: linkOf.lead(row, current),
    company: linkOf.company(row, current),
    contact: linkOf.contact(row, current),
    customer: linkOf.customer(row, current),
  })

  const plain = ({ values }: Row): Columns => sameNamed(values, plainFields)

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    const isOurs = values.id !== undefined
    if (!values.title) refuse(row, 'title', 'Title', '', 'must not be blank')
    const { assignee, ...others } = linksOf(row)
    const status = statusOf(values) ?? 'pending'
    if (isOpen(status)) refuseLeaver(row, assignee, 'assignee', 'Assignee', values.assignee)
    const known = assignee && 'id' in assignee ? assignee.id : actor.userId
    const time = times.timeOf(row, known)
    const recurrence = times.recurrenceOf(row, time?.wallTime)
    if (row.problems.length > 0) return undefined
    const linked = linkColumns(others, rows)
    const assigneeId = assignee
      ? follow(assignee, rows)
      : (mapping.assignee || mapping.assigneeId) && lookups.seesAll
        ? null
        : actor.userId
    const nobody = isOurs ? null : actor.userId
    const isDone = status === 'completed'
    return {
      ...plain(row),
      ...linked,
      ...(isOurs ? {} : impliedLinks(database, linked)),
      status,
      assigneeId,
      ...time,
      recurrence,
      ...(recurrence && { seriesId: rows.newId(), occurrence: time?.wallTime }),
      completedAt: isDone
        ? (values.completedAt ?? Math.min(time?.dueAt ?? rows.now, rows.now))
        : null,
      completedBy: isDone
        ? (lookups.personOf(values.completedBy, values.completedById) ??
          (isOurs ? null : (assigneeId ?? actor.userId)))
        : null,
      ...(isOurs
        ? ownIds.identityOf(task, values)
        : { externalId: outerId(values) ?? contentId(row) }),
      createdBy: lookups.personOf(values.createdBy, values.createdById) ?? nobody,
      createdAt: values.createdAt ?? rows.now,
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const { assignee, ...others } = linksOf(row, current)
    const before = current.status as TaskStatus
    const status = statusOf(values) ?? before
    if (isOpen(status)) refuseLeaver(row, assignee, 'assignee', 'Assignee', values.assignee)
    const time = times.timeOf(row, current.assignee_id as string | null)
    const wallTime = time?.wallTime ?? (current.wall_time as string | null)
    const recurrence = times.recurrenceOf(row, wallTime)
    if (row.problems.length > 0) return undefined
    if (isOpen(before) && !isOpen(status)) state.ended.push(current.id)
    const beginsAnew = recurrence !== undefined && recurrence !== current.recurrence
    return {
      ...plain(row),
      ...linkColumns(others, rows),
      assigneeId: follow(assignee, rows),
      ...time,
      ...(beginsAnew ? { recurrence, seriesId: rows.newId(), occurrence: wallTime } : {}),
      ...standing(values, status, current, rows),
    }
  }

  /** The columns that follow from a status. */
  function standing(values: TaskValues, status: TaskStatus, current: StoredRow, rows: RowStore) {
    if (status !== 'completed') return { status, completedAt: null, completedBy: null }
    const person = lookups.personOf(values.completedBy, values.completedById)
    if (current.status === 'completed')
      return { status, completedAt: values.completedAt, completedBy: person }
    return {
      status,
      completedAt: values.completedAt ?? rows.now,
      completedBy: person ?? current.assignee_id ?? actor.userId,
    }
  }

  return {
    table: task,
    noun: 'task',
    nouns: 'tasks',
    ...recognisedBy(context, task, idsOrContent),
    create,
    patch,
    finish(rows) {
      rows.flush()
      makeNext(context, rows)
    },
  }
}

const statusOf = ({ status, done, completedAt }: TaskValues): TaskStatus | undefined => {
  if (status !== undefined) return status as TaskStatus
  if (done || completedAt !== undefined) return 'completed'
  return done === false ? 'pending' : undefined
}
const isOpen = (status: TaskStatus) => status === 'pending' || status === 'in_progress'

/** The zone of a user, else of the workspace. */
function zoneOf(
  { database, workspace }: KindContext['kernel'],
  userId: string | null | undefined,
): string {
  const own = userId
    ? database.value<string | null>('select timezone from user where id = ?', userId)
    : null
  return knownZone(own ?? null, workspace.timezone())
}

/** When a task is due, and how it repeats. */
function createTaskTimes({ kernel, mapping }: KindContext) {
  const { workspace } = kernel
  const refuse = createRefusal(mapping)

  /** When it is due: an instant, or a day where the cell has a date alone. */
  function timeOf(row: Row, assigneeId: string | null | undefined) {
    const { dueAt, timezone, wallTime } = row.values
    if (dueAt === undefined) return undefined
    const usual = workspace.timezone()
    const zone = timezone ?? zoneOf(kernel, assigneeId)
    if (isDayAlone(row.cell('dueAt'))) {
      const day = dateIn(dueAt, usual)
      return { dueAt: instantOf(day, zone), wallTime: day, zone }
    }
    // A local time that the clocks skip is another one than its instant shows.
    const meant =
      wallTime !== undefined &&
      /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wallTime) &&
      sameMinute(instantOf(wallTime, zone), dueAt)
        ? wallTime
        : wallTimeIn(dueAt, zone)
    return { dueAt, wallTime: meant, zone }
  }

  function recurrenceOf(row: Row, wallTime: string | null | undefined): string | undefined {
    const { recurrence } = row.values
    if (recurrence === undefined) return undefined
    try {
      if (wallTime) return checkedRecurrence(recurrence, wallTime)
      refuse(row, 'recurrence', 'Repeats', recurrence, 'needs a due date to repeat from')
    } catch (error) {
      refuse(row, 'recurrence', 'Repeats', recurrence, messageOf(error))
    }
    return undefined
  }

  return { timeOf, recurrenceOf }
}

/** Makes the next task of each that repeats and that the file says is done. */
function makeNext({ kernel, actor, ownIds, state }: KindContext, rows: RowStore) {
  const { database } = kernel
  /** A file of our own may have brought in the next task itself. */
  const isFollowed = (ended: RowOf<typeof task>): boolean =>
    ownIds.isOwnFile &&
    database.get(
      'select 1 from task where open_at > ? and title = ? and recurrence = ? and lead_id is ?',
      ended.due_at,
      ended.title,
      ended.recurrence,
      ended.lead_id,
    ) !== undefined

  for (const id of state.ended) {
    const ended = database.get<RowOf<typeof task>>('select * from task where id = ?', id)
    // A check has ended nothing.
    if (!ended || isOpen(ended.status) || ended.deleted_at !== null || isFollowed(ended)) continue
    makeNextTask({ ...rows, actor }, database, ended, zoneOf(kernel, ended.assignee_id))
  }
  state.ended = []
}

const sameMinute = (one: number, other: number): boolean =>
  Math.floor(one / 60_000) === Math.floor(other / 60_000)

/** What a refused rule says, without the name of its field. */
function messageOf(error: unknown): string {
  const { data } = error as { data?: { issues?: { message: string }[] } }
  return data?.issues?.[0]?.message ?? String(error)
}
