/** Imports tasks: recognised by id, external id, else by all that stands in the row. */
import type { TaskStatus } from '../../contract/words'
import { impliedLinks } from '../kernel/links'
import { checkedRecurrence } from '../kernel/recurrence'
import type { RowOf } from '../kernel/rows'
import { task } from '../kernel/schema'
import { instantOf, wallTimeIn } from '../kernel/wall-time'
import { dateIn, knownZone } from '../kernel/zone'
import { makeNextTask } from '../tasks/tasks'
import type { TaskValues } from './fields/task-fields'
import {
  createReferenceReader,
  type ImportRow,
  type KindContext,
  type KindImport,
  problemOf,
} from './import-kind'
import { follow, type Link } from './lookups/link'
import { isDayAlone } from './read-values'
import { contentId, idsOrContent, outerId, recognisedBy } from './recognise'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<TaskValues>

export function importTasks(context: KindContext): KindImport<TaskValues> {
  const { ground, actor, lookups, mapping, ownIds, state } = context
  const { database, workspace } = ground
  const refer = createReferenceReader(context)
  const problem = (row: Row, field: string, label: string, value: string, message: string) =>
    row.problems.push(problemOf(mapping, field, label, value, message))
  const left = (what: string): Link => ({ left: `names no ${what}: it is left blank` })

  function linksOf(row: Row, current?: StoredRow) {
    const { values } = row
    return {
      assignee: refer(row, {
        ...{ field: 'assignee', label: 'Assignee', table: 'user' },
        ...{ id: values.assigneeId, name: values.assignee, current: current?.assignee_id },
        byName: lookups.owner,
      }),
      lead: refer(row, {
        ...{ field: 'lead', label: 'Lead', table: 'lead' },
        ...{ id: values.leadId, name: values.lead, current: current?.lead_id },
        byName: (name) => lookups.leadReference(name) ?? left('lead'),
      }),
      company: refer(row, {
        ...{ field: 'company', label: 'Company', table: 'company' },
        ...{ id: values.companyId, name: values.company, current: current?.company_id },
        byName: (name) => lookups.companyLink(name, values.companyId),
      }),
      contact: refer(row, {
        ...{ field: 'contact', label: 'Contact', table: 'contact' },
        ...{ id: values.contactId, name: values.contact, current: current?.contact_id },
        byName: (name) => lookups.contactReference(name) ?? left('contact'),
      }),
      customer: refer(row, {
        ...{ field: 'customer', label: 'Customer', table: 'customer' },
        ...{ id: values.customerId, name: values.customer, current: current?.customer_id },
        byName: (name) => lookups.customerReference(name) ?? left('customer'),
      }),
    }
  }

  const statusOf = ({ status, done, completedAt }: TaskValues): TaskStatus | undefined => {
    if (status !== undefined) return status as TaskStatus
    if (done || completedAt !== undefined) return 'completed'
    return done === false ? 'pending' : undefined
  }
  const isOpen = (status: TaskStatus) => status === 'pending' || status === 'in_progress'

  function zoneOf(userId: string | null | undefined): string {
    const own = userId
      ? database.value<string | null>('select timezone from user where id = ?', userId)
      : null
    return knownZone(own ?? null, workspace.timezone())
  }

  /** When it is due: an instant, or a day where the cell has a date alone. */
  function timeOf(row: Row, assigneeId: string | null | undefined) {
    const { dueAt, timezone, wallTime } = row.values
    if (dueAt === undefined) return undefined
    const usual = workspace.timezone()
    const zone = timezone ?? zoneOf(assigneeId)
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
      problem(row, 'recurrence', 'Repeats', recurrence, 'needs a due date to repeat from')
    } catch (error) {
      problem(row, 'recurrence', 'Repeats', recurrence, messageOf(error))
    }
    return undefined
  }

  const plain = ({ values }: Row): Columns => ({
    title: values.title,
    description: values.description,
    type: values.type,
    priority: values.priority,
    createdAt: values.createdAt,
  })

  /** A row with our own id comes back as it was. */
  function refuseLeaver(row: Row, link: Link) {
    if (row.values.id === undefined && lookups.hasLeft(link))
      problem(
        row,
        'assignee',
        'Assignee',
        row.values.assignee ?? '',
        'was deactivated: choose a user for this name',
      )
  }

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    const isOurs = values.id !== undefined
    if (!values.title) problem(row, 'title', 'Title', '', 'must not be blank')
    const links = linksOf(row)
    const status = statusOf(values) ?? 'pending'
    if (isOpen(status)) refuseLeaver(row, links.assignee)
    const known = links.assignee && 'id' in links.assignee ? links.assignee.id : actor.userId
    const time = timeOf(row, known)
    const recurrence = recurrenceOf(row, time?.wallTime)
    if (row.problems.length > 0) return undefined
    const linked = {
      leadId: follow(links.lead, rows),
      companyId: follow(links.company, rows),
      contactId: follow(links.contact, rows),
      customerId: follow(links.customer, rows),
    }
    const assigneeId = links.assignee
      ? follow(links.assignee, rows)
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
    const links = linksOf(row, current)
    const before = current.status as TaskStatus
    const status = statusOf(values) ?? before
    if (isOpen(status)) refuseLeaver(row, links.assignee)
    const time = timeOf(row, current.assignee_id as string | null)
    const wallTime = time?.wallTime ?? (current.wall_time as string | null)
    const recurrence = recurrenceOf(row, wallTime)
    if (row.problems.length > 0) return undefined
    if (isOpen(before) && !isOpen(status)) state.ended.push(current.id)
    const beginsAnew = recurrence !== undefined && recurrence !== current.recurrence
    return {
      ...plain(row),
      leadId: follow(links.lead, rows),
      companyId: follow(links.company, rows),
      contactId: follow(links.contact, rows),
      customerId: follow(links.customer, rows),
      assigneeId: follow(links.assignee, rows),
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

  function makeNext(rows: RowStore) {
    for (const id of state.ended) {
      const ended = database.get<RowOf<typeof task>>('select * from task where id = ?', id)
      // A check has ended nothing.
      if (!ended || isOpen(ended.status) || ended.deleted_at !== null || isFollowed(ended)) continue
      makeNextTask({ ...rows, actor }, database, ended, zoneOf(ended.assignee_id))
    }
    state.ended = []
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
      makeNext(rows)
    },
  }
}

const sameMinute = (one: number, other: number): boolean =>
  Math.floor(one / 60_000) === Math.floor(other / 60_000)

/** What a refused rule says, without the name of its field. */
function messageOf(error: unknown): string {
  const { data } = error as { data?: { issues?: { message: string }[] } }
  return data?.issues?.[0]?.message ?? String(error)
}
