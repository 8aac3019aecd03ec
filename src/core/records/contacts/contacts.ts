/**
 * Contacts. Everybody sees and changes them unless the workspace keeps reps to their own; to give one
 * away or delete it takes its owner.
 */
import type * as z from 'zod'
import { contactFields } from '../../../contract/records/contact-fields'
import type { Contact, ContactUpdate } from '../../../contract/records/contacts'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import type { Writer } from '../../kernel/database/database'
import { fromJson, type RowOf, toInstantOrNull } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { ListQuery, ListSource } from '../../kernel/fields/list'
import { shownOf } from '../../kernel/fields/shown'
import type { Kernel } from '../../kernel/kernel'
import { givingWork } from '../../kernel/records/giving-work'
import { createRecords, ownedBy, quoted } from '../../kernel/records/records'
import { isZone } from '../../kernel/time/zone'
import { addressScope, lastActivitySql, requireAddresses, requireReceivers } from '../links/links'
import { contactColumns } from './columns'
import { contact } from './table'

export type Contacts = ReturnType<typeof createContacts>
type Patch = z.output<typeof ContactUpdate> & { moveOpenWork?: boolean | undefined }

type ContactRow = RowOf<typeof contact> & {
  company_name: string | null
  owner_name: string | null
  last_activity_at: number | null
}

const shownFields = shownOf(contactFields, contact)

const source: ListSource = {
  table: 'contact',
  select: `contact.*, company.name as company_name, owner.name as owner_name,
    ${lastActivitySql('contact_id', 'contact.id')} as last_activity_at`,
  joins: `left join company on company.id = contact.company_id
    left join user owner on owner.id = contact.owner_id`,
  fields: { ...contactColumns.fields, companyName: 'company.name' },
  custom: 'contact.custom',
  defaultSort: 'name',
  sorts: contactColumns.sorts,
}

/** First and last name, else the e-mail address. */
export const contactName = (person: {
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  email?: string | null | undefined
}): string => [person.firstName, person.lastName].filter(Boolean).join(' ') || person.email || ''

export function createContacts(
  kernel: Kernel,
  { isOptedOut }: { isOptedOut(address: string): boolean },
) {
  const { database, workspace, customFields } = kernel

  const records = createRecords<ContactRow, Contact>(kernel, {
    noun: 'contact',
    nouns: 'contacts',
    table: contact,
    source,
    nameOf: (row) => row.name,
    scope: addressScope(workspace, 'contact'),
    ownScope: ownedBy('contact'),
    toShape: (row) => ({
      id: row.id,
      ...shownFields(row),
      custom: fromJson(row.custom),
      phoneNumber: row.phone_number,
      mobileNumber: row.mobile_number,
      optedOut: row.email !== null && isOptedOut(row.email),
      lastActivityAt: toInstantOrNull(row.last_activity_at),
      deletedAt: toInstantOrNull(row.deleted_at),
    }),
  })

  function check(actor: Actor, input: Patch, row?: ContactRow) {
    requireReceivers(database, { ownerId: [input.ownerId, row?.owner_id] })
    requireAddresses(kernel, actor, { companyId: ['company', input.companyId] })
    if (typeof input.timezone === 'string' && !isZone(input.timezone))
      throw invalid('timezone', 'must be a time zone like Europe/Prague')
  }

  function applyUpdate(writer: Writer, row: ContactRow, patch: Patch): boolean {
    const merged = {
      firstName: patch.firstName === undefined ? row.first_name : patch.firstName,
      lastName: patch.lastName === undefined ? row.last_name : patch.lastName,
      email: patch.email === undefined ? row.email : patch.email,
    }
    const name = contactName(merged)
    if (!name) throw invalid('lastName', 'give a first name, a last name or an e-mail address')
    return givingWork(writer, patch.moveOpenWork, () =>
      writer.update(contact, row.id, {
        ...customFields.mergedInto('contact', row.custom, patch),
        name,
      }),
    )
  }

  /** To say again that it is its owner's changes nothing. */
  const requireGivable = (actor: Actor, id: string, ownerId: string | null) => {
    const row = records.requireRow(actor, id)
    return row.owner_id === ownerId ? row : records.requireOwn(actor, id)
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
      check(actor, input)
      const name = contactName(input)
      let id = ''
      database.act(actor, { label: `Create contact ${quoted(name)}` }, (writer) => {
        id = writer.insert(contact, {
          ownerId: actor.userId,
          createdBy: actor.userId,
          ...customFields.mergedInto('contact', '{}', input),
          name,
        })
      })
      return records.written(id)
    },
    update(actor: Actor, { id, ...patch }: Patch & { id: string }): Contact {
      const row =
        patch.ownerId === undefined
          ? records.requireRow(actor, id)
          : requireGivable(actor, id, patch.ownerId)
      check(actor, patch, row)
      database.act(actor, { label: `Change contact ${quoted(row.name)}` }, (writer) => {
        applyUpdate(writer, row, patch)
      })
      return records.written(id)
    },
    bulk(actor: Actor, input: Parameters<typeof records.bulk<Patch>>[1]) {
      if (input.action.type === 'update') check(actor, input.action.patch)
      return records.bulk<Patch>(actor, input, applyUpdate)
    },
  }
}
