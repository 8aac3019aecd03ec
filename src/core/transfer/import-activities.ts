/** Imports activities, old activity tables among them: nothing of a row is lost, and no row comes twice. */
import { createHash } from 'node:crypto'
import {
  type ActivityCategory,
  automatedActivityTypes,
  systemActivityTypes,
} from '../../contract/words'
import { nameFrom } from '../kernel/names'
import { activity } from '../kernel/schema'
import { isAddedColumn } from './added-columns'
import type { ActivityValues } from './fields'
import {
  createLinkReader,
  type ImportRow,
  type Key,
  type KindContext,
  type KindImport,
  outerId,
  parseJsonObject,
  problemOf,
  token,
} from './import-kind'
import { follow, type Link } from './lookups'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<ActivityValues>

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

export function importActivities(context: KindContext): KindImport<ActivityValues> {
  const { ground, actor, lookups, mapping } = context
  const { database } = ground
  const link = createLinkReader(mapping)

  // Recognising ---------------------------------------------------------------------------------

  /** A row without an id is known by all that stands in it. */
  function idOf(row: Row): string {
    const given = outerId(row.values)
    if (given) return given
    const cells = row.cells().filter(([column]) => !isAddedColumn(column))
    const hash = createHash('sha256').update(JSON.stringify(cells.sort())).digest('base64url')
    return `content:${hash}`
  }

  function keys(row: Row): Key[] {
    const { id } = row.values
    const externalId = idOf(row)
    return [
      ...(id
        ? [
            {
              name: 'id',
              token: token('id', id),
              find: () => database.all<StoredRow>('select * from activity where id = ?', id),
            },
          ]
        : []),
      {
        name: outerId(row.values) ? 'externalId' : 'content',
        token: token('externalId', externalId),
        find: () =>
          database.all<StoredRow>('select * from activity where external_id = ?', externalId),
      },
    ]
  }

  const tokens = (row: Row): string[] => [
    ...(row.values.id ? [token('id', row.values.id)] : []),
    token('externalId', idOf(row)),
  ]

  // What it is ----------------------------------------------------------------------------------

  function typeOf(row: Row) {
    const given = row.values.type
    if (given === undefined) {
      row.problems.push(problemOf(mapping, 'type', 'Type', '', 'must not be blank'))
      return undefined
    }
    const type = otherNames[given] ?? given
    const byType: ActivityCategory = (systemActivityTypes as readonly string[]).includes(type)
      ? 'system'
      : (automatedActivityTypes as readonly string[]).includes(type)
        ? 'automated'
        : 'manual'
    // Old tables call everything manual that was there before they had categories.
    const stated = row.values.category as ActivityCategory | undefined
    const category = byType === 'manual' ? (stated ?? 'manual') : byType
    if (category !== 'manual') return { type, category, add: undefined }
    const word = lookups.wordNamed('activity_type', type)
    if ('refused' in word) {
      row.problems.push(problemOf(mapping, 'type', 'Type', given, `“${given}” ${word.refused}`))
      return undefined
    }
    return { type: word.name, category, add: word.make }
  }

  function outcomeOf(row: Row) {
    const given = row.values.outcome
    if (given === undefined) return undefined
    const word = lookups.wordNamed('outcome', given)
    if ('refused' in word) {
      row.problems.push(
        problemOf(mapping, 'outcome', 'Outcome', given, `“${given}” ${word.refused}`),
      )
      return undefined
    }
    return word
  }

  // Links ---------------------------------------------------------------------------------------

  /** Numbers and UUIDs are ids of another program, not names to make something of. */
  const isName = (value: string) =>
    /\p{L}/u.test(value) && !/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value)

  /** Columns whose values lead nowhere go into the details, so that nothing is lost. */
  function linksOf(row: Row, current?: StoredRow) {
    const { lead, company, contact, customer, user, createdBy } = row.values
    const unresolved: Record<string, string> = {}
    const keep = (field: string, label: string, value: string, what: string) => {
      const column = mapping[field]?.[0] ?? field
      unresolved[nameFrom(column) || field] = value
      row.warnings.push(
        problemOf(
          mapping,
          field,
          label,
          value,
          `“${value.slice(0, 80)}” names no ${what}: it is kept among the details`,
        ),
      )
    }
    const resolve = (
      field: string,
      label: string,
      what: 'lead' | 'customer' | 'contact' | 'company' | 'user',
      value: string | undefined,
      find: (value: string) => Link,
    ): Link => {
      if (value === undefined || lookups.isNamed(what, current?.[`${what}_id`], value))
        return undefined
      const found = find(value)
      if (found) return link(row, field, label, value, found)
      keep(field, label, value, what)
      return undefined
    }
    const links = {
      lead: resolve('lead', 'Lead', 'lead', lead, lookups.leadReference),
      customer: resolve('customer', 'Customer', 'customer', customer, lookups.customerReference),
      contact: resolve('contact', 'Contact', 'contact', contact, lookups.contactReference),
      company: resolve('company', 'Company', 'company', company, (value) => {
        const found = lookups.companyNamed(value, { orExternal: true })
        if (found && !('make' in found)) return found
        if (!isName(value) || !context.options.createCompanies) return undefined
        return lookups.companyLink(value, { orExternal: true })
      }),
      user: resolve('user', 'Person', 'user', user, (value) =>
        isName(value) || lookups.findUser(value) ? lookups.owner(value) : undefined,
      ),
    }
    return {
      ...links,
      unresolved,
      /** To be asked when the users of the row are there: its author may be one of them. */
      author() {
        const author = createdBy === undefined ? undefined : lookups.findUser(createdBy)
        if (createdBy !== undefined && !author)
          unresolved[nameFrom(mapping.createdBy?.[0] ?? '') || 'created_by'] = createdBy
        return author?.id
      },
    }
  }

  /** An activity on a lead or contact stands on the timelines of what these belong to. */
  function implied(leadId: string | undefined, contactId: string | undefined) {
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

  // Making and changing -------------------------------------------------------------------------

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    const what = typeOf(row)
    const outcome = outcomeOf(row)
    const links = linksOf(row)
    if (row.problems.length > 0 || !what) return undefined
    what.add?.(rows)
    outcome?.make?.(rows)
    const leadId = follow(links.lead, rows)
    const contactId = follow(links.contact, rows)
    const further = implied(leadId, contactId)
    const userId = links.user ? follow(links.user, rows) : mapping.user ? null : actor.userId
    const authorId = links.author()
    const planned = values.scheduledAt !== undefined || values.dueAt !== undefined
    const completedAt =
      values.completedAt ??
      (values.done
        ? (values.occurredAt ?? values.dueAt ?? values.scheduledAt ?? values.createdAt ?? rows.now)
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
        values.occurredAt ?? (open ? null : (completedAt ?? values.createdAt ?? rows.now)),
      scheduledAt: values.scheduledAt,
      dueAt: values.dueAt,
      completedAt,
      completedBy: completedAt === null ? null : userId,
      durationMinutes: values.durationMinutes,
      direction: values.direction,
      outcome: outcome?.name,
      metadata: { ...values.metadata, ...links.unresolved },
      visibleToRep: values.visibleToRep ?? true,
      externalId: idOf(row),
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
    if (row.problems.length > 0 || !what) return undefined
    what.add?.(rows)
    outcome?.make?.(rows)
    const userId = follow(links.user, rows)
    const authorId = links.author()
    const metadata = { ...values.metadata, ...links.unresolved }
    const leadId = follow(links.lead, rows)
    const contactId = follow(links.contact, rows)
    const further = implied(leadId, contactId)
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
      occurredAt: values.occurredAt,
      scheduledAt: values.scheduledAt,
      dueAt: values.dueAt,
      completedAt: values.completedAt,
      durationMinutes: values.durationMinutes,
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
    keys,
    tokens,
    create,
    patch,
  }
}
