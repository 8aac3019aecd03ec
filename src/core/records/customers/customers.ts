/** Customers: converted from leads or entered by hand. */
import type * as z from 'zod'
import { moneyFromMinor } from '../../../contract/kernel/money'
import { customerFields } from '../../../contract/records/customer-fields'
import type { Customer, CustomerUpdate } from '../../../contract/records/customers'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import type { Writer } from '../../kernel/database/database'
import { fromJson, type RowOf, toInstantOrNull } from '../../kernel/database/rows'
import { conflict } from '../../kernel/errors'
import type { ListQuery, ListSource } from '../../kernel/fields/list'
import { shownOf } from '../../kernel/fields/shown'
import type { Kernel } from '../../kernel/kernel'
import { givingWork } from '../../kernel/records/giving-work'
import { createRecords, ownedBy, quoted } from '../../kernel/records/records'
import { dateIn } from '../../kernel/time/zone'
import { lastActivitySql, requireAddresses, requireReceivers } from '../links/links'
import { customerColumns } from './columns'
import { customer } from './table'

export type Customers = ReturnType<typeof createCustomers>
type Patch = z.output<typeof CustomerUpdate> & { moveOpenWork?: boolean | undefined }

type CustomerRow = RowOf<typeof customer> & {
  company_name: string | null
  contact_name: string | null
  owner_name: string | null
  last_activity_at: number | null
}

const shownFields = shownOf(customerFields, customer)

const source: ListSource = {
  table: 'customer',
  select: `customer.*, company.name as company_name, contact.name as contact_name, owner.name as owner_name,
    ${lastActivitySql('customer_id', 'customer.id')} as last_activity_at`,
  joins: `left join company on company.id = customer.company_id
    left join contact on contact.id = customer.contact_id
    left join user owner on owner.id = customer.owner_id`,
  fields: { ...customerColumns.fields, companyName: 'company.name' },
  custom: 'customer.custom',
  defaultSort: '-updatedAt',
  sorts: customerColumns.sorts,
}

export function createCustomers(kernel: Kernel) {
  const { database, workspace, customFields } = kernel

  const wonValue = (id: string) =>
    database
      .all<{ currency: string; value: number }>(
        `select currency, total(value_minor) as value from lead
         where customer_id = ? and status = 'won' and value_minor is not null and deleted_at is null group by currency`,
        id,
      )
      .map((row) => moneyFromMinor(row.value, row.currency))

  const records = createRecords<CustomerRow, Customer>(kernel, {
    noun: 'customer',
    nouns: 'customers',
    table: customer,
    source,
    nameOf: (row) => row.name,
    scope: ownedBy('customer'),
    toShape: (row) => ({
      id: row.id,
      ...shownFields(row),
      custom: fromJson(row.custom),
      wonValue: wonValue(row.id),
      lastActivityAt: toInstantOrNull(row.last_activity_at),
      deletedAt: toInstantOrNull(row.deleted_at),
    }),
  })

  const checkLinks = (actor: Actor, input: Patch, row?: CustomerRow) => {
    requireReceivers(database, { ownerId: [input.ownerId, row?.owner_id] })
    requireAddresses(kernel, actor, {
      companyId: ['company', input.companyId],
      contactId: ['contact', input.contactId],
    })
  }

  /** Adds a customer within an action that is more than that. */
  const insert = (writer: Writer, values: Patch & { name: string }): string =>
    writer.insert(customer, {
      since: dateIn(writer.now, workspace.timezone()),
      createdBy: writer.actor.userId,
      ...customFields.mergedInto('customer', '{}', values),
    })

  const applyUpdate = (writer: Writer, row: Pick<CustomerRow, 'id' | 'custom'>, patch: Patch) =>
    givingWork(writer, patch.moveOpenWork, () =>
      writer.update(customer, row.id, customFields.mergedInto('customer', row.custom, patch)),
    )

  return {
    ...records,
    insert,
    applyUpdate,
    /** The customer that a company already is. @throws conflict where it is somebody else's */
    ofCompany(actor: Actor, companyId: string): string | undefined {
      const of = 'select id from customer where company_id = ? and deleted_at is null'
      const scope = records.scope(actor)
      const own = database.value<string>(
        `${of} ${scope ? `and ${scope.sql}` : ''} order by seq limit 1`,
        companyId,
        ...(scope?.parameters ?? []),
      )
      if (!own && database.get(`${of} limit 1`, companyId))
        throw conflict('This company is a customer of somebody else. Ask its owner or a manager.')
      return own
    },
    list(actor: Actor, input: ListQuery & { companyId?: string | undefined }) {
      const extra: Clause[] = input.companyId
        ? [{ sql: 'customer.company_id = ?', parameters: [input.companyId] }]
        : []
      return records.list(actor, input, extra)
    },
    create(actor: Actor, input: Patch & { name: string }): Customer {
      checkLinks(actor, input)
      let id = ''
      database.act(actor, { label: `Create customer ${quoted(input.name)}` }, (writer) => {
        id = insert(writer, { ownerId: actor.userId, ...input })
      })
      return records.written(id)
    },
    update(actor: Actor, { id, ...patch }: Patch & { id: string }): Customer {
      const row = records.requireRow(actor, id)
      checkLinks(actor, patch, row)
      database.act(actor, { label: `Change customer ${quoted(row.name)}` }, (writer) => {
        applyUpdate(writer, row, patch)
      })
      return records.written(id)
    },
    bulk(actor: Actor, input: Parameters<typeof records.bulk<Patch>>[1]) {
      if (input.action.type === 'update') checkLinks(actor, input.action.patch)
      return records.bulk<Patch>(actor, input, applyUpdate)
    },
  }
}
