/** Imports customers: recognised by id, external id, else name and company. */
import { customer } from '../kernel/schema'
import { dateIn } from '../kernel/zone'
import type { CustomerValues } from './fields/customer-fields'
import {
  createReferenceReader,
  customPatch,
  type ImportRow,
  type KindContext,
  type KindImport,
  namesOwners,
  problemOf,
  tagsPatch,
} from './import-kind'
import { follow } from './lookups/link'
import { ids, keyOfName, type RecordKey, recognisedBy } from './recognise'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<CustomerValues>

export function importCustomers(context: KindContext): KindImport<CustomerValues> {
  const { ground, actor, lookups, mapping, ownIds } = context
  const { workspace } = ground
  const refer = createReferenceReader(context)

  const keys: readonly RecordKey<CustomerValues>[] = [
    ...ids,
    {
      name: 'name',
      isAtCompany: true,
      of: ({ values }) => keyOfName(values.name),
      where: 'name_folded = ? and deleted_at is null',
    },
  ]

  // Making and changing -------------------------------------------------------------------------

  function linksOf(row: Row, current?: StoredRow) {
    const { company, companyId, contact, contactId, owner, ownerId } = row.values
    return {
      company: refer(row, {
        ...{ field: 'company', label: 'Company', table: 'company' },
        ...{ id: companyId, name: company, current: current?.company_id },
        byName: (name) => lookups.companyLink(name, companyId),
      }),
      contact: refer(row, {
        ...{ field: 'contact', label: 'Contact', table: 'contact' },
        ...{ id: contactId, name: contact, current: current?.contact_id },
        byName: (name) =>
          lookups.contactReference(name) ?? { left: 'names no contact: it is left blank' },
      }),
      owner: refer(row, {
        ...{ field: 'owner', label: 'Owner', table: 'user' },
        ...{ id: ownerId, name: owner, current: current?.owner_id },
        byName: lookups.owner,
      }),
    }
  }

  const plain = ({ values }: Row): Columns => ({
    name: values.name,
    status: values.status,
    since: values.since,
    description: values.description,
    createdAt: values.createdAt,
  })

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    if (!values.name) row.problems.push(problemOf(mapping, 'name', 'Name', '', 'must not be blank'))
    const links = linksOf(row)
    if (row.problems.length > 0) return undefined
    lookups.ensureFields(rows, 'customer', values.custom ?? {}, context.newFields)
    const today = dateIn(values.createdAt ?? rows.now, workspace.timezone())
    return {
      ...plain(row),
      since: values.since ?? (values.id === undefined ? today : null),
      companyId: follow(links.company, rows),
      contactId: follow(links.contact, rows),
      ownerId: links.owner
        ? follow(links.owner, rows)
        : namesOwners(mapping) && lookups.seesAll
          ? null
          : actor.userId,
      tags: values.tags ?? [],
      custom: values.custom ?? {},
      ...ownIds.identityOf(customer, values),
      createdBy: actor.userId,
      createdAt: values.createdAt ?? rows.now,
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const links = linksOf(row, current)
    if (row.problems.length > 0) return undefined
    lookups.ensureFields(rows, 'customer', values.custom ?? {}, context.newFields)
    return {
      ...plain(row),
      companyId: follow(links.company, rows),
      contactId: follow(links.contact, rows),
      ownerId: follow(links.owner, rows),
      tags: tagsPatch(values.tags, current.tags),
      custom: customPatch(values.custom, current.custom),
      externalId: ownIds.externalIdOf(values, current),
    }
  }

  return {
    table: customer,
    noun: 'customer',
    nouns: 'customers',
    // What happened to them stands in the file of activities.
    isQuiet: ownIds.isOwnFile,
    ...recognisedBy(context, customer, keys),
    create,
    patch,
  }
}
