/** Contacts. Everybody in the workspace sees them. */
import type * as z from 'zod'
import type { Contact, ContactUpdate } from '../../contract/contacts'
import type { Actor } from '../kernel/actor'
import type { Clause, Fields } from '../kernel/conditions'
import type { Writer } from '../kernel/database'
import { invalid } from '../kernel/errors'
import type { Ground } from '../kernel/ground'
import { requireLinks } from '../kernel/links'
import type { ListQuery, ListSource } from '../kernel/list'
import { createRecords, everyRow, quoted } from '../kernel/records'
import { type RowOf, toInstant, toInstantOrNull, toReference } from '../kernel/rows'
import { isZone } from '../kernel/zone'
import { contact } from './table'

export type Contacts = ReturnType<typeof createContacts>
type Patch = z.output<typeof ContactUpdate>

type ContactRow = RowOf<typeof contact> & {
  company_name: string | null
  owner_name: string | null
  last_activity_at: number | null
}

const fields: Fields = {
  name: { sql: 'contact.name', type: 'text' },
  firstName: { sql: 'contact.first_name', type: 'text' },
  lastName: { sql: 'contact.last_name', type: 'text' },
  email: { sql: 'contact.email', type: 'text' },
  phone: { sql: 'contact.phone', type: 'text' },
  mobile: { sql: 'contact.mobile', type: 'text' },
  jobTitle: { sql: 'contact.job_title', type: 'text' },
  linkedin: { sql: 'contact.linkedin', type: 'text' },
  timezone: { sql: 'contact.timezone', type: 'text' },
  description: { sql: 'contact.description', type: 'text' },
  company: { sql: 'contact.company_id', type: 'id' },
  companyName: { sql: 'company.name', type: 'text' },
  owner: { sql: 'contact.owner_id', type: 'id' },
  tags: { sql: 'contact.tags', type: 'tags' },
  createdAt: { sql: 'contact.created_at', type: 'instant' },
  updatedAt: { sql: 'contact.updated_at', type: 'instant' },
  externalId: { sql: 'contact.external_id', type: 'text' },
}

const source: ListSource = {
  table: 'contact',
  select: `contact.*, company.name as company_name, owner.name as owner_name,
    (select activity.at from activity where activity.contact_id = contact.id and activity.deleted_at is null
      and activity.open_at is null and activity.category <> 'system' order by activity.at desc limit 1) as last_activity_at`,
  joins: `left join company on company.id = contact.company_id
    left join user owner on owner.id = contact.owner_id`,
  fields,
  custom: 'contact.custom',
  defaultSort: 'name',
  sorts: {
    name: { sql: 'contact.name collate nocase' },
    email: { sql: 'contact.email collate nocase', nullable: true },
    jobTitle: { sql: 'contact.job_title', nullable: true },
    company: { sql: 'company.name collate nocase', nullable: true },
    owner: { sql: 'owner.name collate nocase', nullable: true },
    createdAt: { sql: 'contact.created_at' },
    updatedAt: { sql: 'contact.updated_at' },
  },
}

/** First and last name, else the e-mail address. */
export const contactName = (person: {
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  email?: string | null | undefined
}): string => [person.firstName, person.lastName].filter(Boolean).join(' ') || person.email || ''

export function createContacts(
  ground: Ground,
  { isOptedOut }: { isOptedOut(address: string): boolean },
) {
  const { database } = ground

  const records = createRecords<ContactRow, Contact>(ground, {
    noun: 'contact',
    nouns: 'contacts',
    table: contact,
    source,
    nameOf: (row) => row.name,
    scope: everyRow,
    toShape: (row) => ({
      id: row.id,
      name: row.name,
      firstName: row.first_name,
      lastName: row.last_name,
      email: row.email,
      phone: row.phone,
      mobile: row.mobile,
      jobTitle: row.job_title,
      linkedin: row.linkedin,
      timezone: row.timezone,
      description: row.description,
      company: toReference(row.company_id, row.company_name),
      owner: toReference(row.owner_id, row.owner_name),
      tags: JSON.parse(row.tags),
      custom: JSON.parse(row.custom),
      externalId: row.external_id,
      optedOut: row.email !== null && isOptedOut(row.email),
      lastActivityAt: toInstantOrNull(row.last_activity_at),
      createdAt: toInstant(row.created_at),
      updatedAt: toInstant(row.updated_at),
      deletedAt: toInstantOrNull(row.deleted_at),
    }),
  })

  function check(input: Patch) {
    requireLinks(database, {
      companyId: ['company', input.companyId],
      ownerId: ['user', input.ownerId],
    })
    if (input.timezone && !isZone(input.timezone))
      throw invalid('timezone', 'must be an IANA time zone like Europe/Prague')
  }

  function applyUpdate(writer: Writer, row: ContactRow, patch: Patch): boolean {
    const merged = {
      firstName: patch.firstName === undefined ? row.first_name : patch.firstName,
      lastName: patch.lastName === undefined ? row.last_name : patch.lastName,
      email: patch.email === undefined ? row.email : patch.email,
    }
    const name = contactName(merged)
    if (!name) throw invalid('lastName', 'give a first name, a last name or an e-mail address')
    return writer.update(contact, row.id, { ...patch, name })
  }

  return {
    ...records,
    applyUpdate,
    list(actor: Actor, input: ListQuery & { companyId?: string | undefined }) {
      const extra: Clause[] = input.companyId
        ? [{ sql: 'contact.company_id = ?', parameters: [input.companyId] }]
        : []
      return records.list(actor, input, extra)
    },
    create(actor: Actor, input: Patch): Contact {
      check(input)
      const name = contactName(input)
      let id = ''
      database.act(actor, { label: `Create contact ${quoted(name)}` }, (writer) => {
        id = writer.insert(contact, {
          ownerId: actor.userId,
          createdBy: actor.userId,
          ...input,
          name,
        })
      })
      return records.get(actor, id)
    },
    update(actor: Actor, { id, ...patch }: Patch & { id: string }): Contact {
      const row = records.requireRow(actor, id)
      check(patch)
      database.act(actor, { label: `Change contact ${quoted(row.name)}` }, (writer) => {
        applyUpdate(writer, row, patch)
      })
      return records.get(actor, id)
    },
    bulk(actor: Actor, input: Parameters<typeof records.bulk<Patch>>[1]) {
      if (input.action.type === 'update') check(input.action.patch)
      return records.bulk<Patch>(actor, input, applyUpdate)
    },
  }
}
