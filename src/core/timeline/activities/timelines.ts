/** Lists of activities: timelines of records and people, and what is open. */
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Activity, timelineFilter } from '../../../contract/timeline/activities'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import { among } from '../../kernel/fields/among'
import { containsText } from '../../kernel/fields/text-sql'
import type { Kernel } from '../../kernel/kernel'
import type { createRecords } from '../../kernel/records/records'
import { overIn, withinSpan } from '../../kernel/time/whole-days'
import { endOfDay, startOfDay } from '../../kernel/time/zone'
import type { Users } from '../../records/users/users'
import type { ActivityRow } from './activity-rows'
import { activityDayAt } from './whole-day'

type TimelineFilter = z.output<z.ZodObject<typeof timelineFilter>>
type ListInput = InputOf<(typeof contract)['activities']['list']>
type Page = { limit: number; cursor?: string | undefined }
type Subject = 'lead' | 'company' | 'contact' | 'user' | 'customer'

export function createTimelines(
  { clock, workspace }: Kernel,
  records: ReturnType<typeof createRecords<ActivityRow, Activity>>,
  zoneOf: Users['zoneOf'],
) {
  function narrowedTo(input: TimelineFilter): Clause[] {
    const zone = workspace.timezone()
    // Each of the three is common enough to be met soon while walking back in time.
    const category = (input.category?.length ?? 0) > 1 ? '+activity.category' : 'activity.category'
    return [
      ...among(category, input.category),
      ...among('activity.type', input.type),
      ...among('activity.outcome', input.outcome),
      ...among('activity.user_id', input.userId),
      ...withinSpan(
        { at: 'activity.at', day: activityDayAt('activity.at') },
        {
          from: input.from === undefined ? undefined : startOfDay(input.from, zone),
          before: input.to === undefined ? undefined : endOfDay(input.to, zone),
        },
        zone,
      ),
      ...(input.visibleOnly ? [{ sql: 'activity.visible_to_rep = 1', parameters: [] }] : []),
    ]
  }

  /** Newest first; scheduled ones are at the instant they are planned for. */
  function timeline(
    actor: Actor,
    input: TimelineFilter & Page,
    subject?: { kind: Subject; id: string },
  ) {
    const clauses = narrowedTo(input)
    const page = { limit: input.limit, cursor: input.cursor }
    if (!subject) return records.list(actor, { ...page, q: input.q || undefined }, clauses)
    clauses.push(ofSubject(subject.kind, subject.id))
    if (input.q) clauses.push(containing(input.q))
    return records.list(actor, page, clauses)
  }

  function list(actor: Actor, input: ListInput) {
    const clauses = narrowedTo(input)
    for (const kind of ['lead', 'company', 'contact', 'customer'] as const) {
      const id = input[`${kind}Id`]
      if (id) clauses.push(ofSubject(kind, id))
    }
    return records.list(actor, input, clauses)
  }

  /** What takes a whole day is overdue once the day is over for the one who asks. */
  function overdueFor(actor: Actor): Clause {
    return overIn(
      { at: 'activity.open_at', day: activityDayAt('activity.open_at') },
      clock.now(),
      zoneOf(actor.userId),
    )
  }

  type OfUser = Page & { userId?: string | undefined }

  /** Open activities along their due instant, soonest first. */
  function open(actor: Actor, input: OfUser, narrowed: Clause[] = []) {
    const clauses: Clause[] = [{ sql: 'activity.open_at is not null', parameters: [] }, ...narrowed]
    if (input.userId) clauses.push({ sql: 'activity.user_id = ?', parameters: [input.userId] })
    return records.list(
      actor,
      { limit: input.limit, cursor: input.cursor, sort: 'openAt' },
      clauses,
    )
  }

  return {
    list,
    timeline,
    pending: (actor: Actor, input: OfUser) => open(actor, input),
    overdue: (actor: Actor, input: OfUser) => open(actor, input, [overdueFor(actor)]),
  }
}

/** A customer's timeline is its own events and all of the leads it came from. */
const ofSubject = (subject: Subject, id: string): Clause =>
  subject === 'customer'
    ? {
        sql: `(activity.customer_id = ? or activity.lead_id in (select origin.id from lead origin where origin.customer_id = ?))`,
        parameters: [id, id],
      }
    : { sql: `activity.${subject}_id = ?`, parameters: [id] }

/** One record's timeline is short: reading it beats asking the index for every match there is. */
function containing(text: string): Clause {
  const [subject, description] = [
    containsText('activity.subject', text),
    containsText('activity.description', text),
  ]
  return {
    sql: `(${subject.sql} or ${description.sql})`,
    parameters: [...subject.parameters, ...description.parameters],
  }
}
