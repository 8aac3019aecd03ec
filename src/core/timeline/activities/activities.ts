/** Activities: logged, scheduled, completed, and shown on timelines. */
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import {
  automatedActivityTypes,
  type PlanChoice,
  systemActivityTypes,
} from '../../../contract/kernel/words'
import type {
  Activity,
  ActivityCreate,
  ActivityUpdate,
  timelineFilter,
} from '../../../contract/timeline/activities'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { Writer } from '../../kernel/database/database'
import {
  fromInstant,
  fromJson,
  type RowOf,
  toInstant,
  toInstantOrNull,
  toReference,
} from '../../kernel/database/rows'
import { conflict, invalid } from '../../kernel/errors'
import type { ListSource } from '../../kernel/fields/list'
import { containsText } from '../../kernel/fields/text-sql'
import type { Kernel } from '../../kernel/kernel'
import { requireHolder } from '../../kernel/records/hangs-on'
import { createRecords, quoted } from '../../kernel/records/records'
import type { RowScope } from '../../kernel/records/write-rights'
import { hasPassed } from '../../kernel/time/past'
import { instantOf, isDay, onDay, requireZone, wallTimeIn } from '../../kernel/time/wall-time'
import { overIn, withinSpan } from '../../kernel/time/whole-days'
import { endOfDay, knownZone, startOfDay } from '../../kernel/time/zone'
import {
  impliedLinks,
  isOfOwned,
  requireLinks,
  requireOwnLinks,
  requireReceivers,
} from '../../records/links/links'
import { activityColumns } from './columns'
import { createStatistics } from './statistics'
import { activity } from './table'
import { addDefaultTemplates } from './templates'
import { activityDay, activityDayAt } from './whole-day'
import { addDefaultWords, type Words } from './words'

export { activityDay, activityDayAt } from './whole-day'

export type Activities = ReturnType<typeof createActivities>
export type ActivityPatch = z.output<typeof ActivityUpdate>
export type NewActivity = z.output<typeof ActivityCreate>
type TimelineFilter = z.output<z.ZodObject<typeof timelineFilter>>
type ListInput = InputOf<(typeof contract)['activities']['list']>

export type ActivityRow = RowOf<typeof activity> & {
  at: number
  open_at: number | null
  /** The day it takes whole. */
  day: string | null
  company_name: string | null
  contact_name: string | null
  lead_title: string | null
  customer_name: string | null
  user_name: string | null
  completed_by_name: string | null
  created_by_name: string | null
}

export const activitySource: ListSource = {
  table: 'activity',
  select: `activity.*, activity.at, activity.open_at, ${activityDay} as day, company.name as company_name, contact.name as contact_name,
    lead.title as lead_title, customer.name as customer_name, person.name as user_name,
    completer.name as completed_by_name, author.name as created_by_name`,
  joins: `left join company on company.id = activity.company_id
    left join contact on contact.id = activity.contact_id
    left join lead on lead.id = activity.lead_id
    left join customer on customer.id = activity.customer_id
    left join user person on person.id = activity.user_id
    left join user completer on completer.id = activity.completed_by
    left join user author on author.id = activity.created_by`,
  fields: activityColumns.fields,
  defaultSort: '-at',
  sorts: {
    ...activityColumns.sorts,
    openAt: { sql: 'activity.open_at' },
  },
}

/** Activities that reps may see, of these people or on records that they own. */
const ofOwned =
  (tables: readonly ('lead' | 'customer' | 'contact' | 'company')[]): RowScope =>
  (actor, rows) => {
    if (seesAll(actor)) return undefined
    const owned = tables.map((table) =>
      isOfOwned(`activity.${table}_id`, table, actor.userId, rows),
    )
    return {
      sql: `activity.visible_to_rep = 1 and (activity.user_id = ? or ${owned.map(({ sql }) => sql).join(' or ')})`,
      parameters: [actor.userId, ...owned.flatMap(({ parameters }) => parameters)],
    }
  }

/** A rep sees what it did or is to do, and whatever anybody did with the records it owns. */
const scope = ofOwned(['lead', 'customer', 'contact', 'company'])
/** A contact or company is shared: what others did there is theirs to change. */
const ownScope = ofOwned(['lead', 'customer'])

/** What a new database has of both. */
export function addDefaultWordsAndTemplates(writer: Writer): void {
  addDefaultWords(writer)
  addDefaultTemplates(writer)
}

/** What hears of activities, within the action that writes them. */
export interface ActivityListener {
  /** One was logged, scheduled or completed. */
  logged(writer: Writer, activityId: string, choice: PlanChoice | undefined): void
  /** One that has happened got another outcome. */
  outcomeTold(writer: Writer, activityId: string, told: { choice: PlanChoice | undefined }): void
}

/** Sets reminders so many minutes before an activity, for whoever does it. */
export type AddReminders = (
  writer: Writer,
  about: { activityId: string; userId: string | null | undefined; minutes: readonly number[] },
) => void

export function createActivities(
  kernel: Kernel,
  {
    words,
    addReminders,
    heard,
  }: { words: Words; addReminders: AddReminders; heard?: ActivityListener },
) {
  const { database, clock, workspace } = kernel

  const toShape = (row: ActivityRow): Activity => ({
    id: row.id,
    category: row.category,
    type: row.type,
    subject: row.subject,
    description: row.description,
    company: toReference(row.company_id, row.company_name),
    contact: toReference(row.contact_id, row.contact_name),
    lead: toReference(row.lead_id, row.lead_title),
    customer: toReference(row.customer_id, row.customer_name),
    user: toReference(row.user_id, row.user_name),
    occurredAt: toInstantOrNull(row.occurred_at),
    scheduledAt: toInstantOrNull(row.scheduled_at),
    dueAt: toInstantOrNull(row.due_at),
    completedAt: toInstantOrNull(row.completed_at),
    completedBy: toReference(row.completed_by, row.completed_by_name),
    durationMinutes: row.duration_minutes,
    zone: row.zone,
    allDay: row.all_day === 1,
    location: row.location,
    direction: row.direction,
    outcome: row.outcome,
    metadata: fromJson(row.metadata),
    visibleToRep: row.visible_to_rep === 1,
    externalId: row.external_id,
    createdBy: toReference(row.created_by, row.created_by_name),
    at: toInstant(row.at),
    day: row.at === row.planned_at ? row.day : null,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    deletedAt: toInstantOrNull(row.deleted_at),
  })

  const records = createRecords<ActivityRow, Activity>(kernel, {
    noun: 'activity',
    nouns: 'activities',
    table: activity,
    source: activitySource,
    nameOf: (row) => row.subject ?? words.label('activity_type', row.type),
    toShape,
    scope,
    ownScope,
  })

  // Timelines -----------------------------------------------------------------------------------

  function filterClauses(input: TimelineFilter): Clause[] {
    const clauses: Clause[] = []
    const among = (column: string, values: readonly string[] | undefined) => {
      if (values)
        clauses.push({
          sql: `${column} in (${values.map(() => '?').join(', ')})`,
          parameters: [...values],
        })
    }
    // Each of the three is common enough to be met soon while walking back in time.
    if ((input.category?.length ?? 0) > 1) among('+activity.category', input.category)
    else among('activity.category', input.category)
    among('activity.type', input.type)
    among('activity.outcome', input.outcome)
    among('activity.user_id', input.userId)
    const zone = workspace.timezone()
    clauses.push(
      ...withinSpan(
        { at: 'activity.at', day: activityDayAt('activity.at') },
        {
          from: input.from === undefined ? undefined : startOfDay(input.from, zone),
          before: input.to === undefined ? undefined : endOfDay(input.to, zone),
        },
        zone,
      ),
    )
    if (input.visibleOnly) clauses.push({ sql: 'activity.visible_to_rep = 1', parameters: [] })
    return clauses
  }

  const ownerColumns = {
    lead: 'lead_id',
    company: 'company_id',
    contact: 'contact_id',
    user: 'user_id',
  } as const

  /** A customer's timeline is its own events and all of the leads it came from. */
  const subjectClause = (subject: keyof typeof ownerColumns | 'customer', id: string): Clause =>
    subject === 'customer'
      ? {
          sql: `(activity.customer_id = ? or activity.lead_id in (select origin.id from lead origin where origin.customer_id = ?))`,
          parameters: [id, id],
        }
      : { sql: `activity.${ownerColumns[subject]} = ?`, parameters: [id] }

  /** One record's timeline is short: reading it beats asking the index for every match there is. */
  const containing = (text: string): Clause => {
    const [subject, description] = [
      containsText('activity.subject', text),
      containsText('activity.description', text),
    ]
    return {
      sql: `(${subject.sql} or ${description.sql})`,
      parameters: [...subject.parameters, ...description.parameters],
    }
  }

  type Page = { limit: number; cursor?: string | undefined }

  /** Newest first; scheduled ones stand at the instant they are planned for. */
  function timeline(
    actor: Actor,
    input: TimelineFilter & Page,
    subject?: { kind: keyof typeof ownerColumns | 'customer'; id: string },
  ) {
    const extra = filterClauses(input)
    const page = { limit: input.limit, cursor: input.cursor }
    if (!subject) return records.list(actor, { ...page, q: input.q || undefined }, extra)
    extra.push(subjectClause(subject.kind, subject.id))
    if (input.q) extra.push(containing(input.q))
    return records.list(actor, page, extra)
  }

  function list(actor: Actor, input: ListInput) {
    const extra = filterClauses(input)
    for (const kind of ['lead', 'company', 'contact', 'customer'] as const) {
      const id = input[`${kind}Id`]
      if (id) extra.push(subjectClause(kind, id))
    }
    return records.list(actor, input, extra)
  }

  /** What takes a whole day is overdue once the day is over for the one who asks. */
  function overdueBy(actor: Actor, now: number): Clause {
    const own = database.value<string | null>(
      'select timezone from user where id = ?',
      actor.userId,
    )
    const zone = knownZone(own, workspace.timezone())
    return overIn({ at: 'activity.open_at', day: activityDayAt('activity.open_at') }, now, zone)
  }

  /** Open activities along their due instant, soonest first. */
  function open(actor: Actor, input: Page & { userId?: string | undefined }, before?: number) {
    const extra: Clause[] = [{ sql: 'activity.open_at is not null', parameters: [] }]
    if (before !== undefined) extra.push(overdueBy(actor, before))
    if (input.userId) extra.push({ sql: 'activity.user_id = ?', parameters: [input.userId] })
    return records.list(actor, { limit: input.limit, cursor: input.cursor, sort: 'openAt' }, extra)
  }

  // Writing -------------------------------------------------------------------------------------

  /** Of what has happened, anybody may have done it: people leave. */
  function check(actor: Actor, input: ActivityPatch, row?: ActivityRow) {
    requireOwnLinks(kernel, actor, input)
    if (input.occurredAt || row?.occurred_at)
      requireLinks(database, { userId: ['user', input.userId] })
    else requireReceivers(database, { userId: [input.userId, row?.user_id] })
    if (input.outcome) words.require('outcome', input.outcome, 'outcome')
    if (input.zone) requireZone(input.zone)
    if (input.occurredAt && !hasPassed(Date.parse(input.occurredAt), clock.now()))
      throw invalid('occurredAt', 'must not lie in the future')
  }

  function checkType(category: NewActivity['category'], type: string) {
    if ((systemActivityTypes as readonly string[]).includes(type))
      throw invalid('type', `${type} is written by the database only`)
    if (category === 'automated') {
      if (!(automatedActivityTypes as readonly string[]).includes(type))
        throw invalid('type', `must be one of ${automatedActivityTypes.join(', ')}`)
    } else words.require('activity_type', type, 'type')
  }

  /** Instants as text → milliseconds; the rest as it is. */
  const toColumns = <Input extends ActivityPatch>(input: Input) => ({
    ...input,
    occurredAt: fromInstant(input.occurredAt),
    scheduledAt: fromInstant(input.scheduledAt),
    dueAt: fromInstant(input.dueAt),
  })

  function insert(writer: Writer, input: NewActivity): string {
    const id = record(writer, input)
    heard?.logged(writer, id, input.plan)
    return id
  }

  /** Writes it without telling anybody. */
  function record(
    writer: Writer,
    { category, reminderMinutes, plan: _, ...input }: NewActivity,
  ): string {
    const columns = toColumns(input)
    const happened =
      columns.occurredAt ?? (columns.scheduledAt || columns.dueAt ? null : writer.now)
    const values = { userId: writer.actor.userId, ...columns }
    const id = writer.insert(activity, {
      ...values,
      ...impliedLinks(database, input),
      category,
      occurredAt: happened,
      createdBy: writer.actor.userId,
    })
    addReminders(writer, {
      activityId: id,
      userId: values.userId,
      minutes: reminderMinutes ?? [],
    })
    return id
  }

  function labelOf(input: NewActivity): string {
    const planned = !input.occurredAt && (input.scheduledAt || input.dueAt)
    return `${planned ? 'Schedule' : 'Log'} ${words.label('activity_type', input.type).toLowerCase()}${input.subject ? ` ${quoted(input.subject)}` : ''}`
  }

  function create(actor: Actor, input: NewActivity): Activity {
    check(actor, input)
    checkType(input.category, input.type)
    let id = ''
    database.act(actor, { label: labelOf(input) }, (writer) => {
      id = insert(writer, input)
    })
    return toShape(rowById(id))
  }

  const rowById = (id: string) =>
    database.get<ActivityRow>(
      `select ${activitySource.select} from activity ${activitySource.joins} where activity.id = ?`,
      id,
    ) as ActivityRow

  function createMany(actor: Actor, inputs: NewActivity[]) {
    for (const input of inputs) {
      check(actor, input)
      checkType(input.category, input.type)
    }
    let batchId: string | null = null
    const label = `Log ${inputs.length} ${inputs.length === 1 ? 'activity' : 'activities'}`
    database.act(actor, { label, kind: 'bulk' }, (writer) => {
      for (const input of inputs) insert(writer, input)
      batchId = writer.batchId
    })
    return { changed: inputs.length, skipped: 0, batchId }
  }

  /** Only what a person logged may be changed; system and automated entries are a record. */
  function requireManual(actor: Actor, id: string): ActivityRow {
    const row = records.requireOwn(actor, id)
    if (row.category !== 'manual')
      throw conflict(
        `This entry was written by the ${row.category === 'system' ? 'system' : 'integration'} and is read-only.`,
      )
    return row
  }

  function update(
    actor: Actor,
    { id, plan: choice, ...patch }: ActivityPatch & { id: string; plan?: PlanChoice | undefined },
  ): Activity {
    const row = requireManual(actor, id)
    check(actor, patch, row)
    if (patch.type && patch.type !== row.type) checkType('manual', patch.type)
    database.act(actor, { label: `Change ${quoted(nameOf(row))}` }, (writer) => {
      writer.update(activity, id, toColumns(patch))
      requireHolderOfOpened(row)
      if (patch.outcome && patch.outcome !== row.outcome) heard?.outcomeTold(writer, id, { choice })
    })
    return toShape(rowById(id))
  }

  /** Nothing comes back to Today whose record is in the trash. */
  function requireHolderOfOpened(before: ActivityRow) {
    if (before.open_at === null && rowById(before.id).open_at !== null)
      requireHolder(database, 'activity', before.id)
  }

  const nameOf = (row: ActivityRow) => row.subject ?? words.label('activity_type', row.type)

  /** Changes one within another area's action. Answers whether anything differed. */
  const revise = (writer: Writer, id: string, patch: ActivityPatch): boolean =>
    writer.update(activity, id, toColumns(patch))

  function remove(actor: Actor, id: string) {
    requireManual(actor, id)
    return records.remove(actor, id)
  }

  function complete(
    actor: Actor,
    input: {
      id: string
      outcome?: string | null | undefined
      description?: string | undefined
      durationMinutes?: number | undefined
      plan?: PlanChoice | undefined
    },
  ): Activity {
    const row = requireManual(actor, input.id)
    if (row.completed_at !== null) throw conflict('This activity is completed already.')
    if (input.outcome) words.require('outcome', input.outcome, 'outcome')
    database.act(actor, { label: `Complete ${quoted(nameOf(row))}` }, (writer) => {
      applyCompletion(writer, row, input)
    })
    return toShape(rowById(row.id))
  }

  /** Answers whether it was still to be completed. */
  function applyCompletion(
    writer: Writer,
    row: ActivityRow,
    {
      plan: choice,
      outcome,
      description,
      durationMinutes,
    }: Omit<Parameters<typeof complete>[1], 'id'> = {},
  ): boolean {
    if (row.category !== 'manual' || row.completed_at !== null || row.deleted_at !== null)
      return false
    writer.update(activity, row.id, {
      completedAt: writer.now,
      completedBy: writer.actor.userId,
      occurredAt: row.occurred_at ?? writer.now,
      outcome,
      description,
      durationMinutes,
    })
    // What had happened already was heard of then.
    if (row.occurred_at === null) heard?.logged(writer, row.id, choice)
    else if (outcome && outcome !== row.outcome) heard?.outcomeTold(writer, row.id, { choice })
    return true
  }

  /** Moves what is planned and still open; what is due afterwards moves along. Answers whether it did. */
  function applyMove(
    writer: Writer,
    row: ActivityRow,
    to: ({ at: number } | { wallTime: string }) & { durationMinutes?: number | undefined },
  ): boolean {
    if (row.category !== 'manual' || row.open_at === null || row.planned_at === null) return false
    const zone = knownZone(row.zone, workspace.timezone())
    const onlyDay = 'wallTime' in to && isDay(to.wallTime)
    const at =
      'at' in to ? to.at : instantOf(onDay(to.wallTime, wallTimeIn(row.planned_at, zone)), zone)
    const moved = (time: number | null) =>
      time === null ? null : time + at - (row.planned_at ?? at)
    return writer.update(activity, row.id, {
      scheduledAt: moved(row.scheduled_at),
      dueAt: moved(row.due_at),
      ...(onlyDay ? {} : { allDay: false }),
      durationMinutes: to.durationMinutes,
    })
  }

  function reopen(actor: Actor, id: string): Activity {
    const row = requireManual(actor, id)
    if (row.completed_at === null) throw conflict('This activity is not completed.')
    const planned = row.scheduled_at !== null || row.due_at !== null
    database.act(actor, { label: `Reopen ${quoted(nameOf(row))}` }, (writer) => {
      writer.update(activity, id, {
        completedAt: null,
        completedBy: null,
        ...(planned ? { occurredAt: null } : {}),
      })
      requireHolderOfOpened(row)
    })
    return toShape(rowById(id))
  }

  return {
    ...records,
    insert,
    revise,
    record,
    list,
    timeline,
    create,
    createMany,
    update,
    remove,
    complete,
    applyCompletion,
    applyMove,
    nameOf,
    reopen,
    pending: (actor: Actor, input: Page & { userId?: string | undefined }) => open(actor, input),
    overdue: (actor: Actor, input: Page & { userId?: string | undefined }) =>
      open(actor, input, clock.now()),
    stats: createStatistics(kernel, records.scoped),
  }
}
