/** Imports activities, old activity tables among them: nothing of a row is lost, and no row comes twice. */
import { ownValue } from '../../../../contract/kernel/own-value'
import {
  type ActivityCategory,
  automatedActivityTypes,
  systemActivityTypes,
} from '../../../../contract/timeline/words'
import type { Database } from '../../../kernel/database/database'
import { toInstant } from '../../../kernel/database/rows'
import { hasPassed } from '../../../kernel/time/past'
import { dateIn, knownZone, startOfDay } from '../../../kernel/time/zone'
import { activity } from '../../../timeline/activities/table'
import { withOwnIds } from '../../format/history-ids'
import type { ActivityValues } from '../fields/activity-fields'
import { follow } from '../lookups/link'
import { contentId, idsOrContent, outerId, recognisedBy } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import { isDayAlone } from '../values/read-values'
import { createActivityLinks } from './activity-links'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { parseJsonObject } from './record-columns'
import { createRowLinks } from './row-links'
import { createRefusal } from './row-problems'

type Row = ImportRow<ActivityValues>

const nothingImplied = { companyId: null, contactId: null, customerId: null }

export function importActivities(context: KindContext): KindImport<ActivityValues> {
  const { kernel, actor, lookups, mapping, ownIds } = context
  const { database } = kernel
  const { typeOf, outcomeOf } = createActivityWords(context)
  const { happenedOf, plannedFor } = createActivityTimes(context)
  const linksOf = createActivityLinks(context)
  const { refuseLeaver } = createRowLinks(context)

  const metadataOf = ({ values }: Row) =>
    values.metadata &&
    withOwnIds(values.type, values.metadata, {
      stageAt: lookups.stageAt,
      userOf: (id) => lookups.findUser(id)?.id,
    })

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    const what = typeOf(row)
    const outcome = outcomeOf(row)
    const links = linksOf(row)
    const { occurredAt, scheduledAt } = happenedOf(row, rows.now, undefined)
    const isPlanned =
      (scheduledAt !== undefined || values.dueAt !== undefined) &&
      values.completedAt === undefined &&
      occurredAt === undefined &&
      !values.done
    if (isPlanned) refuseLeaver(row, links.user, 'user', 'Person', values.user)
    if (row.problems.length > 0 || !what) return undefined
    what.add?.(rows)
    outcome?.make?.(rows)
    const leadId = follow(links.lead, rows)
    const contactId = follow(links.contact, rows)
    const further = isOurs(row) ? nothingImplied : implied(database, leadId, contactId)
    const userId = links.user
      ? follow(links.user, rows)
      : mapping.user || mapping.userId
        ? null
        : actor.userId
    const authorId = links.author()
    const dueAt = plannedFor(row, 'dueAt')
    const planned = scheduledAt !== undefined || dueAt !== undefined
    const completedAt =
      values.completedAt ??
      (values.done
        ? Math.min(occurredAt ?? dueAt ?? scheduledAt ?? values.createdAt ?? rows.now, rows.now)
        : null)
    const open = planned && completedAt === null
    return {
      category: what.category,
      type: what.type,
      subject: values.subject,
      description: values.description,
      leadId,
      companyId: follow(links.company, rows) ?? further.companyId,
      contactId: contactId ?? further.contactId,
      customerId: follow(links.customer, rows) ?? further.customerId,
      userId,
      occurredAt:
        occurredAt ?? (open || isOurs(row) ? null : (completedAt ?? values.createdAt ?? rows.now)),
      scheduledAt,
      dueAt,
      completedAt,
      completedBy:
        completedAt === null
          ? null
          : (lookups.personOf(values.completedBy, values.completedById) ??
            (isOurs(row) ? null : userId)),
      durationMinutes: values.durationMinutes,
      zone: values.timezone,
      allDay: values.allDay ?? false,
      location: values.location,
      direction: values.direction,
      outcome: outcome?.name,
      metadata: { ...metadataOf(row), ...links.unresolved },
      visibleToRep: values.visibleToRep ?? true,
      ...(isOurs(row)
        ? ownIds.identityOf(activity, values)
        : { externalId: outerId(values) ?? contentId(row) }),
      createdBy: authorId ?? actor.userId,
      createdAt: values.createdAt ?? rows.now,
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    // What triggers and integrations wrote is a record of what happened.
    if (current.category !== 'manual' && current.external_id === null) return {}
    const what = typeOf(row)
    const outcome = outcomeOf(row)
    const links = linksOf(row, current)
    const { occurredAt, scheduledAt } = happenedOf(
      row,
      rows.now,
      current.occurred_at === null ? undefined : null,
    )
    if (row.problems.length > 0 || !what) return undefined
    what.add?.(rows)
    outcome?.make?.(rows)
    const userId = follow(links.user, rows)
    const authorId = links.author()
    const metadata = { ...metadataOf(row), ...links.unresolved }
    const leadId = follow(links.lead, rows)
    const contactId = follow(links.contact, rows)
    const further = implied(database, leadId, contactId)
    return {
      category: what.category,
      type: what.type,
      subject: values.subject,
      description: values.description,
      leadId,
      companyId:
        follow(links.company, rows) ??
        (current.company_id === null ? (further.companyId ?? undefined) : undefined),
      contactId:
        contactId ?? (current.contact_id === null ? (further.contactId ?? undefined) : undefined),
      customerId:
        follow(links.customer, rows) ??
        (current.customer_id === null ? (further.customerId ?? undefined) : undefined),
      userId,
      occurredAt,
      scheduledAt,
      dueAt: plannedFor(row, 'dueAt'),
      ...completion(values, current, rows),
      durationMinutes: values.durationMinutes,
      zone: values.timezone,
      allDay: values.allDay,
      location: values.location,
      direction: values.direction,
      outcome: outcome?.name,
      metadata:
        Object.keys(metadata).length > 0
          ? { ...parseJsonObject(current.metadata), ...metadata }
          : undefined,
      visibleToRep: values.visibleToRep,
      createdBy: authorId,
      createdAt: values.createdAt,
    }
  }

  return {
    table: activity,
    noun: 'activity',
    nouns: 'activities',
    ...recognisedBy(context, activity, idsOrContent),
    create,
    patch,
  }
}

/** Done or open, as the file says, and since when where it says so. */
function completion(values: ActivityValues, current: StoredRow, rows: RowStore): Columns {
  if (values.completedAt !== undefined) return { completedAt: values.completedAt }
  if (values.done === undefined || values.done === (current.completed_at !== null)) return {}
  if (!values.done) return { completedAt: null, completedBy: null }
  return {
    completedAt: Math.min(
      values.occurredAt ?? values.dueAt ?? values.scheduledAt ?? rows.now,
      rows.now,
    ),
    completedBy: current.user_id,
  }
}

/** What Rapport wrote itself is taken as it is. */
const isOurs = ({ values }: Row): boolean => values.id !== undefined

/** What other programs call types of ours. */
const otherNames: Readonly<Record<string, string>> = {
  stage_change: 'stage_changed',
  status_change: 'status_changed',
  assignment_change: 'assignment_changed',
  e_mail: 'email',
  mail: 'email',
  phone_call: 'call',
  phone: 'call',
  telephone: 'call',
  linkedin: 'linkedin_message',
  telegram: 'telegram_message',
  followup: 'follow_up',
}

/** What an activity is and what came of it, by the words of the file. */
function createActivityWords({ lookups, mapping }: KindContext) {
  const refuse = createRefusal(mapping)

  function typeOf(row: Row) {
    const given = row.values.type
    if (given === undefined) {
      refuse(row, 'type', 'Type', '', 'must not be blank')
      return undefined
    }
    const type = isOurs(row) ? given : (ownValue(otherNames, given) ?? given)
    const byType: ActivityCategory = (systemActivityTypes as readonly string[]).includes(type)
      ? 'system'
      : (automatedActivityTypes as readonly string[]).includes(type)
        ? 'automated'
        : 'manual'
    // Old tables call everything manual that was there before they had categories.
    const stated = row.values.category as ActivityCategory | undefined
    const category = byType === 'manual' || isOurs(row) ? (stated ?? byType) : byType
    if (category !== 'manual') return { type, category, add: undefined }
    const word = lookups.wordNamed('activity_type', type)
    if ('refused' in word) {
      refuse(row, 'type', 'Type', given, `“${given}” ${word.refused}`)
      return undefined
    }
    return { type: word.name, category, add: word.make }
  }

  function outcomeOf(row: Row) {
    const given = row.values.outcome
    if (given === undefined) return undefined
    const word = lookups.wordNamed('outcome', given)
    if ('refused' in word) {
      refuse(row, 'outcome', 'Outcome', given, `“${given}” ${word.refused}`)
      return undefined
    }
    return word
  }

  return { typeOf, outcomeOf }
}

/** When an activity happened or is planned. */
function createActivityTimes({ kernel: { workspace }, mapping }: KindContext) {
  const refuse = createRefusal(mapping)

  /**
   * What a file says to have happened later than now is planned for then, unless it is said to be done:
   * then it is refused, as nothing is done in the future.
   */
  function happenedOf(row: Row, now: number, planned: number | null | undefined) {
    const { occurredAt, completedAt, done } = row.values
    if (isOurs(row)) return { occurredAt, scheduledAt: plannedFor(row, 'scheduledAt') }
    const isAhead = (at: number | undefined) => at !== undefined && !hasPassed(at, now)
    const refuseFuture = (field: 'occurredAt' | 'completedAt', label: string) =>
      refuse(row, field, label, toInstant(row.values[field] ?? now), 'must not lie in the future')
    if (isAhead(completedAt)) refuseFuture('completedAt', 'Completed at')
    if (!isAhead(occurredAt)) return { occurredAt, scheduledAt: row.values.scheduledAt }
    if (done || completedAt !== undefined || planned === null)
      refuseFuture('occurredAt', 'Happened at')
    return { occurredAt: undefined, scheduledAt: row.values.scheduledAt ?? occurredAt }
  }

  /** When it is planned; of a whole day its beginning where the activity is planned. */
  function plannedFor(row: Row, field: 'scheduledAt' | 'dueAt'): number | undefined {
    const at = row.values[field]
    if (at === undefined || !row.values.allDay || !isDayAlone(row.cell(field))) return at
    const usual = workspace.timezone()
    return startOfDay(dateIn(at, usual), knownZone(row.values.timezone ?? null, usual))
  }

  return { happenedOf, plannedFor }
}

/** An activity on a lead or contact is on the timelines of what these belong to. */
function implied(database: Database, leadId: string | undefined, contactId: string | undefined) {
  const links = { companyId: null, contactId: null, customerId: null } as Record<
    'companyId' | 'contactId' | 'customerId',
    string | null
  >
  if (leadId) {
    const row = database.get<{
      company_id: string | null
      contact_id: string | null
      customer_id: string | null
    }>('select company_id, contact_id, customer_id from lead where id = ?', leadId)
    links.companyId = row?.company_id ?? null
    links.contactId = row?.contact_id ?? null
    links.customerId = row?.customer_id ?? null
  }
  const person = contactId ?? links.contactId
  if (!links.companyId && person)
    links.companyId =
      database.value<string | null>('select company_id from contact where id = ?', person) ?? null
  return links
}
