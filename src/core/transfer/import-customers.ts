/** Imports customers: recognised by id, external id, else name and company. */
import { customer } from '../kernel/schema'
import { dateIn } from '../kernel/zone'
import type { CustomerValues } from './fields'
import {
  createReferenceReader,
  customPatch,
  type ImportRow,
  type Key,
  type KindContext,
  type KindImport,
  namesOwners,
  outerId,
  problemOf,
  tagsPatch,
  token,
} from './import-kind'
import { follow } from './lookups'
import { nameKey } from './names'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<CustomerValues>

export function importCustomers(context: KindContext): KindImport<CustomerValues> {
  const { ground, actor, lookups, mapping, ownIds } = context
  const { database, workspace } = ground
  const refer = createReferenceReader(context)

  // Recognising ---------------------------------------------------------------------------------

  function byName(values: CustomerValues): StoredRow[] {
    const company = lookups.companyOf(values)
    if (company && !('id' in company)) return []
    return database.all<StoredRow>(
      `select * from customer where name_folded = ? and company_id is ? and deleted_at is null
       ${outerId(values) ? 'and external_id is null' : ''} order by seq`,
      nameKey(values.name ?? ''),
      company?.id ?? null,
    )
  }

  const nameToken = ({ values }: Row, isUnnumbered: boolean) =>
    token(
      isUnnumbered ? 'unnumbered' : 'name',
      nameKey(values.name ?? ''),
      nameKey(values.company ?? ''),
    )

  function keys(row: Row): Key[] {
    const { id, name } = row.values
    const externalId = outerId(row.values)
    const found: Key[] = []
    if (id)
      found.push({
        name: 'id',
        token: token('id', id),
        find: () => database.all('select * from customer where id = ?', id),
      })
    if (externalId)
      found.push({
        name: 'externalId',
        token: token('externalId', externalId),
        find: () => database.all('select * from customer where external_id = ?', externalId),
      })
    if (name)
      found.push({
        name: 'name',
        token: nameToken(row, externalId !== undefined),
        find: () => byName(row.values),
      })
    return found
  }

  function tokens(row: Row): string[] {
    const { id, name } = row.values
    const externalId = outerId(row.values)
    return [
      ...(id ? [token('id', id)] : []),
      ...(externalId ? [token('externalId', externalId)] : []),
      ...(name ? [nameToken(row, false)] : []),
      ...(name && !externalId ? [nameToken(row, true)] : []),
    ]
  }

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
    keys,
    tokens,
    create,
    patch,
  }
}
